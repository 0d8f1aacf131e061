import type { SiteCredential } from '@postern/vocabulary'
import { formatXmlRpcCall, isXmlRpcStruct, readXmlRpcResponse, type XmlRpcStruct } from '@postern/wordpress'
import type { FoundPost } from '../refuse-unmet.ts'

/** Asks a site over XML-RPC what a post is: there an id tells nothing of its type. */
export function writePostQuestion(id: number, { username, password }: SiteCredential): string {
	return formatXmlRpcCall('wp.getPost', [0, username, password.reveal(), id, fields])
}

const fields = ['post_type', 'post_status', 'post_author']

/**
 * Reads its answer: undefined where there is no such post, or the account may not edit it. `rejected` when the site would not
 * have the credential, `unreadable` for anything but an answer.
 */
export function readPostAnswer(answer: Uint8Array): FoundPost | undefined | 'rejected' | 'unreadable' {
	const read = readXmlRpcResponse(new TextDecoder().decode(answer))
	if (read.kind === 'malformed') return 'unreadable'
	if (read.kind === 'fault') return read.code === 403 ? 'rejected' : undefined
	return isXmlRpcStruct(read.value) ? readPost(read.value) : 'unreadable'
}

function readPost({
	post_type: type,
	post_status: status,
	post_author: author,
}: XmlRpcStruct): FoundPost | 'unreadable' {
	const authorId = typeof author === 'string' && /^\d{1,15}$/.test(author) ? Number(author) : undefined
	if (typeof type !== 'string' || typeof status !== 'string' || authorId === undefined) return 'unreadable'
	return { type, status, authorId }
}
