export type XmlRpcMethod = {
	readonly name: string
	/** Where the user name and the password stand among the parameters, from 0; null for a method that takes none. */
	readonly credentials: readonly [user: number, password: number] | null
	/** With fewer WordPress answers fault 400; 0 where it does not count. */
	readonly minParams: number
	readonly access: 'read' | 'write'
	/** Runs without anybody having logged in. */
	readonly anonymous: boolean
}

/** Exact letter case, as WordPress looks methods up. Undefined for a plugin's: nobody knows where its credentials stand. */
export function findXmlRpcMethod(name: string): XmlRpcMethod | undefined {
	return byName.get(name)
}

/** All methods of WordPress' own, 77 and the three of `system`, with their places in the parameters (xmlrpc.php since 3.4). */
export const xmlRpcMethods: readonly XmlRpcMethod[] = [
	read('wp.getUsersBlogs', 2, [0, 1]),
	write('wp.newPost', 4),
	write('wp.editPost', 5),
	write('wp.deletePost', 4),
	read('wp.getPost', 4),
	read('wp.getPosts', 3),
	write('wp.newTerm', 4),
	write('wp.editTerm', 5),
	write('wp.deleteTerm', 5),
	read('wp.getTerm', 5),
	read('wp.getTerms', 4),
	read('wp.getTaxonomy', 4),
	read('wp.getTaxonomies', 3),
	read('wp.getUser', 4),
	read('wp.getUsers', 3),
	read('wp.getProfile', 3),
	write('wp.editProfile', 4),
	read('wp.getPage', 0, [2, 3]),
	read('wp.getPages'),
	write('wp.newPage'),
	write('wp.deletePage'),
	write('wp.editPage', 0, [2, 3]),
	read('wp.getPageList'),
	read('wp.getAuthors'),
	read('wp.getCategories'),
	read('wp.getTags'),
	write('wp.newCategory'),
	write('wp.deleteCategory'),
	read('wp.suggestCategories'),
	write('wp.uploadFile', 4),
	write('wp.deleteFile', 4),
	read('wp.getCommentCount'),
	read('wp.getPostStatusList'),
	read('wp.getPageStatusList'),
	read('wp.getPageTemplates'),
	read('wp.getOptions'),
	write('wp.setOptions'),
	read('wp.getComment'),
	read('wp.getComments'),
	write('wp.deleteComment'),
	write('wp.editComment'),
	write('wp.newComment'),
	read('wp.getCommentStatusList'),
	read('wp.getMediaItem'),
	read('wp.getMediaLibrary'),
	read('wp.getPostFormats'),
	read('wp.getPostType', 4),
	read('wp.getPostTypes', 3),
	read('wp.getRevisions', 4),
	write('wp.restoreRevision', 3),
	read('blogger.getUsersBlogs', 3),
	read('blogger.getUserInfo'),
	read('blogger.getPost', 0, [2, 3]),
	read('blogger.getRecentPosts', 0, [2, 3]),
	write('blogger.newPost', 0, [2, 3]),
	write('blogger.editPost', 0, [2, 3]),
	write('blogger.deletePost', 0, [2, 3]),
	write('metaWeblog.newPost'),
	write('metaWeblog.editPost'),
	read('metaWeblog.getPost'),
	read('metaWeblog.getRecentPosts'),
	read('metaWeblog.getCategories'),
	write('metaWeblog.newMediaObject', 4),
	write('metaWeblog.deletePost', 0, [2, 3]),
	read('metaWeblog.getUsersBlogs', 3),
	read('mt.getCategoryList'),
	read('mt.getRecentPostTitles'),
	read('mt.getPostCategories'),
	write('mt.setPostCategories'),
	open('mt.supportedMethods'),
	open('mt.supportedTextFilters'),
	open('mt.getTrackbackPings'),
	write('mt.publishPost'),
	open('pingback.ping', 'write'),
	open('pingback.extensions.getPingbacks'),
	open('demo.sayHello'),
	open('demo.addTwoNumbers'),
	// Credentials stand in each of its calls.
	open('system.multicall'),
	open('system.listMethods'),
	open('system.getCapabilities'),
]

type Positions = readonly [user: number, password: number]

function read(name: string, minParams = 0, credentials: Positions = [1, 2]): XmlRpcMethod {
	return { name, credentials, minParams, access: 'read', anonymous: false }
}

function write(name: string, minParams = 0, credentials: Positions = [1, 2]): XmlRpcMethod {
	return { name, credentials, minParams, access: 'write', anonymous: false }
}

function open(name: string, access: 'read' | 'write' = 'read'): XmlRpcMethod {
	return { name, credentials: null, minParams: 0, access, anonymous: true }
}

const byName: ReadonlyMap<string, XmlRpcMethod> = new Map(xmlRpcMethods.map((method) => [method.name, method]))
