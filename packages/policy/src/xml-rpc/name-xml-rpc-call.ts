import type { XmlRpcGatewayCall } from '../request.ts'
import { readId } from './rule.ts'

/** Names a call for the record, `wp.editPost 7`: its method, and the number of what it is about if the method takes one. */
export function nameXmlRpcCall({ method: { name }, params }: XmlRpcGatewayCall): string {
	const at = idPlaces.get(name)
	const id = at === undefined ? undefined : readId(params[at])
	return id === undefined ? name : `${name} ${id}`
}

/** Where the id of a post, page, file, revision, term, comment or user stands among the parameters, from 0. */
const idPlaces: ReadonlyMap<string, number> = new Map([
	['wp.getPost', 3],
	['wp.editPost', 3],
	['wp.deletePost', 3],
	['wp.getRevisions', 3],
	['wp.restoreRevision', 3],
	['wp.getPage', 1],
	['wp.editPage', 1],
	['wp.deletePage', 3],
	['wp.getMediaItem', 3],
	['wp.deleteFile', 3],
	['wp.getTerm', 4],
	['wp.editTerm', 3],
	['wp.deleteTerm', 4],
	['wp.deleteCategory', 3],
	['wp.getComment', 3],
	['wp.editComment', 3],
	['wp.deleteComment', 3],
	// Of the post that is commented on.
	['wp.newComment', 3],
	['wp.getCommentCount', 3],
	['wp.getUser', 3],
	['blogger.getPost', 1],
	['blogger.editPost', 1],
	['blogger.deletePost', 1],
	['metaWeblog.getPost', 0],
	['metaWeblog.editPost', 0],
	['metaWeblog.deletePost', 1],
	['mt.getPostCategories', 0],
	['mt.setPostCategories', 0],
	['mt.publishPost', 0],
])
