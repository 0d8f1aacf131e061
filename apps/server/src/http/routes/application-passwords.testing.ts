import type { Answer, Browser, TestServer } from './test-server.testing.ts'
import { password } from './test-server.testing.ts'

export type Place = { readonly browser: Browser; readonly workspaceId: string }

/** The path of a member: below it are profile and application passwords. */
export async function pathOf({ browser, workspaceId }: Place, username: string): Promise<string> {
	const { members } = (await browser.call('GET', `/workspaces/${workspaceId}/members`)).body
	const { id } = members.find((member: { username: string }) => member.username === username)
	return `/workspaces/${workspaceId}/members/${id}`
}

/** What can be done with the passwords of one member. */
export function passwordsOf(browser: Browser, member: string) {
	const path = `${member}/application-passwords`
	return {
		create: (body: object) => browser.call('POST', path, body),
		list: async () => (await browser.call('GET', path)).body.applicationPasswords,
		rename: (uuid: string, name: string) => browser.call('PATCH', `${path}/${uuid}`, { name }),
		replace: (uuid: string, overlapDays: number) => browser.call('POST', `${path}/${uuid}/replace`, { overlapDays }),
		revoke: (uuid: string) => browser.call('DELETE', `${path}/${uuid}`),
		revokeAll: () => browser.call('DELETE', path),
	}
}

export type Credentials = { readonly username: string; readonly password: string }

/** Calls the API as an application does: with a password, without cookies. */
export function callAs(
	server: TestServer,
	credentials: Credentials,
	{ ip = '198.51.100.1' }: { ip?: string } = {},
): (method: string, path: string, body?: unknown) => Promise<Answer> {
	const pair = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')
	const application = server.browser({ ip, userAgent: 'an application' })
	return (method, path, body) => application.call(method, path, body, { authorization: `Basic ${pair}` })
}

/** Proves again who one is, by the password. */
export async function prove(browser: Browser): Promise<void> {
	const { status, text } = await browser.call('POST', '/me/step-up', { kind: 'password', code: password })
	if (status !== 200) throw new Error(text)
}
