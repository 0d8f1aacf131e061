const capabilities = { read: true, edit_posts: true, edit_pages: true, publish_posts: true, upload_files: true }

/** Who signs in at every site, as `users/me` says it. */
export const account = { id: 1, username: 'bench', name: 'Bench', roles: ['editor'], capabilities }
