/**
 * What a member of a post's struct means: a field of REST, by whose name it is judged (`whenEmpty`: WordPress takes an empty
 * one for none, or puts now in its place, as for null over REST), or one of these.
 * - `type`, `id`: which post.
 * - `terms`: ids by taxonomy, or those names by taxonomy that a site makes terms of (`term-names`, `tag-names`).
 * - `pings`: addresses that the site is to call.
 * - `echo`: what WordPress tells and clients send back; it looks at none of it.
 */
export type PostMember =
	| { readonly field: string; readonly whenEmpty?: 'none' | 'null' }
	| { readonly means: 'type' | 'id' | 'terms' | 'term-names' | 'tag-names' | 'pings' | 'echo' }

const as = (field: string): PostMember => ({ field })
const unlessEmpty = (field: string): PostMember => ({ field, whenEmpty: 'none' })
const orNull = (field: string): PostMember => ({ field, whenEmpty: 'null' })
const means = (meaning: Extract<PostMember, { means: unknown }>['means']): PostMember => ({ means: meaning })
const echoes = (...names: readonly string[]): readonly [string, PostMember][] =>
	names.map((name) => [name, means('echo')])

/** `wp.newPost` and `wp.editPost` (`_insert_post`). */
export const wpPostMembers: ReadonlyMap<string, PostMember> = new Map<string, PostMember>([
	['post_title', as('title')],
	['post_content', as('content')],
	['post_excerpt', as('excerpt')],
	['post_status', as('status')],
	// What is scheduled appears at once then.
	['post_date', orNull('date')],
	['post_date_gmt', orNull('date_gmt')],
	['post_password', as('password')],
	['post_author', unlessEmpty('author')],
	['post_name', as('slug')],
	['post_parent', as('parent')],
	['post_format', as('format')],
	['post_thumbnail', as('featured_media')],
	['comment_status', as('comment_status')],
	['ping_status', as('ping_status')],
	['sticky', as('sticky')],
	['custom_fields', unlessEmpty('meta')],
	// Kept as meta, and told to whoever reads the feed.
	['enclosure', unlessEmpty('meta')],
	['terms', means('terms')],
	['terms_names', means('term-names')],
	['post_type', means('type')],
	['ID', means('id')],
	['if_not_modified_since', means('echo')],
	...echoes('post_id', 'post_modified', 'post_modified_gmt', 'post_mime_type', 'link', 'guid', 'menu_order'),
])

/** `metaWeblog.newPost`, `metaWeblog.editPost`, `wp.newPage` and `wp.editPage`. */
export const metaWeblogMembers: ReadonlyMap<string, PostMember> = new Map<string, PostMember>([
	['title', as('title')],
	['description', as('content')],
	['mt_text_more', as('content')],
	['mt_excerpt', as('excerpt')],
	['post_status', as('status')],
	['page_status', as('status')],
	['dateCreated', unlessEmpty('date')],
	['date_created_gmt', unlessEmpty('date_gmt')],
	['wp_password', as('password')],
	['wp_author_id', as('author')],
	['wp_slug', as('slug')],
	['wp_page_parent_id', as('parent')],
	['wp_page_order', as('menu_order')],
	['wp_page_template', as('template')],
	['wp_post_format', as('format')],
	['wp_post_thumbnail', as('featured_media')],
	['mt_allow_comments', as('comment_status')],
	['mt_allow_pings', as('ping_status')],
	['sticky', as('sticky')],
	['custom_fields', unlessEmpty('meta')],
	['enclosure', unlessEmpty('meta')],
	// Only names that are there: others are dropped.
	['categories', as('categories')],
	['mt_keywords', means('tag-names')],
	['mt_tb_ping_urls', means('pings')],
	['post_type', means('type')],
	...echoes('postid', 'userid', 'page_id', 'link', 'permaLink', 'wp_more_text', 'wp_author', 'wp_author_display_name'),
	...echoes('date_modified', 'date_modified_gmt', 'wp_page_parent_title', 'excerpt', 'text_more', 'mt_convert_breaks'),
	...echoes('flNotOnHomePage'),
])
