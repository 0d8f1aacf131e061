/** The roles WordPress brings along, most powerful first. */
export type WordPressRole = 'administrator' | 'editor' | 'author' | 'contributor' | 'subscriber'

/**
 * What WordPress grants to each role as it comes, in the order in which it lists them; `level_…` are the user levels of before
 * 2.0, which it still sends. A site's plugins may grant more.
 */
export const defaultCapabilities: Readonly<Record<WordPressRole, readonly string[]>> = {
	administrator: words(`
		switch_themes edit_themes activate_plugins edit_plugins edit_users edit_files manage_options moderate_comments
		manage_categories manage_links upload_files import unfiltered_html edit_posts edit_others_posts
		edit_published_posts publish_posts edit_pages read level_10 level_9 level_8 level_7 level_6 level_5 level_4
		level_3 level_2 level_1 level_0 edit_others_pages edit_published_pages publish_pages delete_pages
		delete_others_pages delete_published_pages delete_posts delete_others_posts delete_published_posts
		delete_private_posts edit_private_posts read_private_posts delete_private_pages edit_private_pages
		read_private_pages delete_users create_users unfiltered_upload edit_dashboard update_plugins delete_plugins
		install_plugins update_themes install_themes update_core list_users remove_users promote_users
		edit_theme_options delete_themes export
	`),
	editor: words(`
		moderate_comments manage_categories manage_links upload_files unfiltered_html edit_posts edit_others_posts
		edit_published_posts publish_posts edit_pages read level_7 level_6 level_5 level_4 level_3 level_2 level_1
		level_0 edit_others_pages edit_published_pages publish_pages delete_pages delete_others_pages
		delete_published_pages delete_posts delete_others_posts delete_published_posts delete_private_posts
		edit_private_posts read_private_posts delete_private_pages edit_private_pages read_private_pages
	`),
	author: words(`
		upload_files edit_posts edit_published_posts publish_posts read level_2 level_1 level_0 delete_posts
		delete_published_posts
	`),
	contributor: words(`
		edit_posts read level_1 level_0 delete_posts
	`),
	subscriber: words(`
		read level_0
	`),
}

function words(text: string): readonly string[] {
	return text.trim().split(/\s+/)
}
