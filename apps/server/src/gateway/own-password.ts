import { passwordRecord, type WireAnswer } from '@postern/app-passwords'
import type { RestRequest } from '@postern/policy'
import type { PosternAppPasswords } from '../store/application-password/application-password.ts'
import type { Admitted } from './admit.ts'
import type { Received } from './receive.ts'
import { refuseAsWordPress } from './refusals.ts'

type Asked = { readonly action: 'list' | 'read' | 'introspect' | 'delete' }

/**
 * What a request asks of the caller's own password: the site's application passwords are never shown or touched, so these
 * routes are answered by Postern. Undefined: no such request, or one that nobody may make.
 */
export function readOwnPassword({ segments, method }: RestRequest, { held, connector }: Admitted): Asked | undefined {
	const [namespace, version, users, user, passwords, which] = segments
	if (namespace !== 'wp' || version !== 'v2' || users !== 'users' || passwords !== 'application-passwords')
		return undefined
	if (segments.length > 6 || (user !== 'me' && Number(user) !== connector.account.userId)) return undefined
	const isRead = method === 'GET' || method === 'HEAD'
	if (which === undefined) return isRead ? { action: 'list' } : undefined
	if (which === 'introspect') return isRead ? { action: 'introspect' } : undefined
	if (which.toLowerCase() !== held.password.uuid) return undefined
	if (isRead) return { action: 'read' }
	return method === 'DELETE' ? { action: 'delete' } : undefined
}

/** Answers in WordPress' shapes: it is the only password there is, as far as the caller can see. */
export async function answerOwnPassword(
	{ action }: Asked,
	{ received, admitted }: { readonly received: Received; readonly admitted: Admitted },
	{ revoke }: Pick<PosternAppPasswords, 'revoke'>,
): Promise<WireAnswer> {
	const { user, password } = admitted.held
	const record = passwordRecord(password, 'edit')
	if (action === 'delete') {
		const { ip, requestId } = received
		const revoked = await revoke(user, password.uuid, { by: user, withPassword: password.uuid, ip, requestId })
		return revoked.ok ? json({ deleted: true, previous: record }) : refuseAsWordPress(revoked.error)
	}
	const { userId } = admitted.connector.account
	const href = `${received.gatewayUrl}wp-json/wp/v2/users/${userId}/application-passwords/${password.uuid}`
	const document = { ...record, _links: { self: [{ href }] } }
	return json(action === 'list' ? [document] : document)
}

function json(document: unknown): WireAnswer {
	const headers = { 'content-type': 'application/json; charset=UTF-8' }
	return { status: 200, headers, body: JSON.stringify(document) }
}
