/** A request to `/api/v1`, as a program without our client would send it. */
export type RawRequest = { readonly method: string; readonly path: string; readonly body?: unknown }

/** What members ask for, about one workspace and one connector. */
export function memberRequests(workspaceId: string, connectorId: string): readonly RawRequest[] {
	const workspace = `/workspaces/${workspaceId}`
	const connector = `${workspace}/connectors/${connectorId}`
	return [
		{ method: 'GET', path: `${workspace}/connectors` },
		{ method: 'GET', path: `${workspace}/connectors/drafts` },
		{ method: 'GET', path: connector },
		{ method: 'GET', path: `${connector}/posts` },
		{ method: 'PATCH', path: connector, body: { name: 'Mine' } },
		{ method: 'POST', path: `${connector}/check` },
		{ method: 'POST', path: `${connector}/save`, body: { name: 'Mine' } },
		{ method: 'DELETE', path: connector },
		{ method: 'GET', path: `${workspace}/activity` },
		{ method: 'GET', path: `${workspace}/dashboard` },
		{ method: 'GET', path: `${workspace}/members` },
		{ method: 'GET', path: `${workspace}/invitations` },
		{ method: 'GET', path: `${workspace}/application-passwords` },
		{ method: 'GET', path: `${workspace}/notices` },
		{ method: 'POST', path: `${workspace}/machines`, body: { username: 'mine', role: 'owner' } },
		{ method: 'PUT', path: `${workspace}/api-login`, body: { rule: 'allowed' } },
	]
}

export type RawAnswer = { readonly status: number; readonly type: string | null; readonly text: string }

/** `cookie` is the whole header; without one, a stranger asks. The request's own id is taken out of the answer. */
export async function askRaw(origin: string, { method, path, body }: RawRequest, cookie = ''): Promise<RawAnswer> {
	const response = await fetch(`${origin}/api/v1${path}`, {
		method,
		headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	})
	const text = (await response.text()).replace(/"requestId":"[^"]*"/, '"requestId":""')
	return { status: response.status, type: response.headers.get('content-type'), text }
}
