import { ok } from '@postern/vocabulary'
import {
	ofTaxonomy,
	readOptions,
	textsOf,
	upload,
	writeCategory,
	writeComment,
	writeOptions,
	writeTerm,
} from './other-rules.ts'
import {
	deletePost,
	editBloggerPost,
	editMetaWeblogPost,
	editPost,
	newBloggerPost,
	newMetaWeblogPost,
	newPost,
	readPost,
	readPosts,
	setField,
	unfiltered,
} from './post-rules.ts'
import { everybody, everything, needing, nobody, scope, type Rule } from './rule.ts'

/** What each method of WordPress' is admitted by; a method that is not here is admitted by nothing. */
export const methodRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
	['wp.getUsersBlogs', everybody],
	['blogger.getUsersBlogs', everybody],
	['metaWeblog.getUsersBlogs', everybody],
	['wp.getProfile', everybody],
	['blogger.getUserInfo', everybody],

	['wp.getPost', readPost(3)],
	['wp.getPosts', readPosts(3)],
	['wp.newPost', newPost(3)],
	['wp.editPost', editPost(3, 4)],
	['wp.deletePost', deletePost(3)],
	['wp.getRevisions', readPost(3)],
	// A revision does not say over XML-RPC what it is of.
	['wp.restoreRevision', () => ok([everything])],
	['blogger.getPost', readPost(1)],
	['blogger.getRecentPosts', scope('posts:read')],
	['blogger.newPost', newBloggerPost(4, 5)],
	['blogger.editPost', editBloggerPost({ id: 1, content: 4, publish: 5 })],
	['blogger.deletePost', deletePost(1, 'post')],
	['metaWeblog.getPost', readPost(0)],
	['metaWeblog.getRecentPosts', scope('posts:read')],
	['metaWeblog.newPost', newMetaWeblogPost(3, 4)],
	['metaWeblog.editPost', editMetaWeblogPost({ id: 0, struct: 3, publish: 4 }, ['post', 'page'])],
	['metaWeblog.deletePost', deletePost(1, 'post')],
	['mt.getRecentPostTitles', scope('posts:read')],
	['mt.getPostCategories', readPost(0)],
	['mt.setPostCategories', setField(0, 'categories', [])],
	['mt.publishPost', setField(0, 'status', 'publish')],

	// WordPress itself looks whether it is a page.
	['wp.getPage', scope('pages:read')],
	['wp.getPages', scope('pages:read')],
	['wp.getPageList', scope('pages:read')],
	['wp.getPageTemplates', scope('pages:read')],
	['wp.newPage', newMetaWeblogPost(3, 4, 'page')],
	['wp.editPage', editMetaWeblogPost({ id: 1, struct: 4, publish: 5 }, ['page'])],
	['wp.deletePage', deletePost(3, 'page')],

	// Old WordPress gives any post here.
	['wp.getMediaItem', readPost(3, 'attachment')],
	['wp.getMediaLibrary', scope('media:read')],
	['wp.uploadFile', upload],
	['metaWeblog.newMediaObject', upload],
	// Another name for wp.deletePost: only the condition keeps it to files.
	['wp.deleteFile', deletePost(3, 'attachment')],

	['wp.getCategories', scope('terms:read')],
	['wp.getTags', scope('terms:read')],
	['wp.suggestCategories', scope('terms:read')],
	['metaWeblog.getCategories', scope('terms:read')],
	['mt.getCategoryList', scope('terms:read')],
	['wp.getTerm', ofTaxonomy('terms:read', 3)],
	['wp.getTerms', ofTaxonomy('terms:read', 3)],
	['wp.newTerm', writeTerm(3)],
	['wp.editTerm', writeTerm(4)],
	['wp.deleteTerm', ofTaxonomy('terms:delete', 3)],
	['wp.newCategory', writeCategory],
	['wp.deleteCategory', scope('terms:delete')],

	['wp.getComment', scope('comments:read')],
	['wp.getComments', scope('comments:read')],
	['wp.getCommentCount', scope('comments:read')],
	['wp.newComment', writeComment],
	['wp.editComment', writeComment],
	['wp.deleteComment', scope('comments:delete')],

	['wp.getUser', scope('users:read')],
	['wp.getUsers', scope('users:read')],
	['wp.getAuthors', scope('users:read')],
	['wp.editProfile', (params, site) => ok([needing('users:write'), ...unfiltered(textsOf(params, 3), site)])],

	['wp.getTaxonomy', scope('site:read')],
	['wp.getTaxonomies', scope('site:read')],
	['wp.getPostType', scope('site:read')],
	['wp.getPostTypes', scope('site:read')],
	['wp.getPostFormats', scope('site:read')],
	['wp.getPostStatusList', scope('site:read')],
	['wp.getPageStatusList', scope('site:read')],
	['wp.getCommentStatusList', scope('site:read')],
	['wp.getOptions', readOptions],
	['wp.setOptions', writeOptions],

	// Postern answers these itself.
	['mt.supportedMethods', everybody],
	['mt.supportedTextFilters', everybody],
	['system.listMethods', everybody],
	['system.getCapabilities', everybody],
	['demo.sayHello', everybody],
	['demo.addTwoNumbers', everybody],
	// They have no credentials and so no place here; the first makes the site ask others (T36).
	['pingback.ping', nobody],
	['pingback.extensions.getPingbacks', nobody],
	['mt.getTrackbackPings', nobody],
	// Its calls are what is decided on.
	['system.multicall', nobody],
])
