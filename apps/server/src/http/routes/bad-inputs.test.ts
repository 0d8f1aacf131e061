import { gzipSync } from 'node:zlib'
import { Secret, type ProblemCode } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgePassword } from '../../accounts/password-rules.ts'
import { addConnector } from '../../store/cases/connector.testing.ts'
import corpus from './bad-inputs/accounts-and-json.json' with { type: 'json' }
import {
	ann,
	password,
	setUpAnn,
	startTestServer,
	type Answer,
	type Browser,
	type TestServer,
} from './test-server.testing.ts'

/** The corpus has its own labels for our codes. */
const codeOfLabel: Readonly<Record<string, ProblemCode>> = {
	body_too_large: 'request/body-too-large',
	json_syntax: 'request/json-syntax',
	json_unknown_key: 'request/json-unknown-key',
	json_too_deep: 'request/json-too-deep',
	number_range: 'request/number-range',
	type_error: 'request/type-error',
	content_type: 'request/content-type',
	content_encoding: 'request/content-encoding',
	not_found: 'request/not-found',
	password_too_short: 'account/password-too-short',
	password_breached: 'account/password-common',
	password_too_long: 'account/password-too-long',
	invalid_credentials: 'account/credentials-wrong',
}

type Case = {
	readonly id: string
	readonly label: string
	readonly input?: string
	readonly gen?: { prefix: string; repeat: string; times: number; suffix: string }
	readonly expect: { readonly outcome: string; readonly http?: number; readonly code?: string }
}
const cases: ReadonlyMap<string, Case> = new Map(corpus.map((one: Case) => [one.id, one]))

/** Not tried in this file: where they are, or why there is nothing to try yet. */
const elsewhere: Readonly<Record<string, string>> = {
	'JSN-026': 'no request has an expiry until application passwords do',
	'JSN-027': 'no request has an address allowlist until application passwords do',
	'JSN-028': 'no request has an address allowlist until application passwords do',
	'JSN-029': 'no request has a date to publish at until publishing does',
	'JSN-031': 'connectors.test.ts: it needs a site to connect',
	'ACC-008': 'two-factor.test.ts: takes codes of one step before and after, with spaces, and no older ones',
	'ACC-009': 'two-factor.test.ts: takes codes of one step before and after, with spaces, and no older ones',
	'ACC-010': 'totp.test.ts: does not mind spaces, and knows only the digits 0 to 9',
	'ACC-011': 'two-factor.test.ts: looks at five codes in five minutes, and then waits',
	'ACC-012': 'passkeys.test.ts: refuses ACC-012: another origin',
	'ACC-013': 'passkeys.test.ts: ACC-013: answers a question once',
	'ACC-014': 'passkeys.test.ts: refuses ACC-014: a registration’s answer',
	'ACC-016': 'passkeys.test.ts: ACC-016: is its owner’s, whatever the device says',
	'ACC-023': 'accounts.test.ts: gets at most 100 passwords checked in an hour, and its owner still signs in',
	'UIC-005': 'sessions.test.ts: are listed with where they come from; the web app escapes it',
}

const tried = new Set<string>()

function take(id: string): Case & { readonly text: string } {
	const found = cases.get(id)
	if (!found) throw new Error(`${id} is not in the corpus`)
	tried.add(id)
	const { gen, input = '' } = found
	return { ...found, text: gen ? gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix : input }
}

let server: TestServer
let browser: Browser
let workspaceId: string
beforeAll(async () => {
	server = await startTestServer()
	const made = await setUpAnn(server)
	browser = made.browser
	workspaceId = made.workspaceId
})
afterAll(() => server.stop())

function expectRefusal(one: Case, answer: Answer): void {
	expect(answer.body, one.label).toMatchObject({ status: one.expect.http, code: codeOfLabel[one.expect.code ?? ''] })
}

describe('JSON bodies', () => {
	const rename = (body: string | Uint8Array, headers = {}) =>
		browser.send('PATCH', `/workspaces/${workspaceId}`, body, { 'content-type': 'application/json', ...headers })

	it.each([
		'JSN-003',
		'JSN-005',
		'JSN-006',
		'JSN-007',
		'JSN-008',
		'JSN-009',
		'JSN-010',
		'JSN-013',
		'JSN-015',
		'JSN-020',
		'JSN-022',
		'JSN-023',
	])('%s is refused', async (id) => {
		const one = take(id)
		expectRefusal(one, await rename(one.text))
	})

	it.each([
		['JSN-017', { 'content-type': 'text/plain' }],
		['JSN-018', { 'content-type': 'application/json; charset=utf-16' }],
	])('%s is refused', async (id, headers) => {
		const one = take(id)
		expectRefusal(one, await rename(one.text, headers))
	})

	it('JSN-019: a packed body is refused', async () => {
		expectRefusal(take('JSN-019'), await rename(gzipSync('{"name":"x"}'), { 'content-encoding': 'gzip' }))
	})

	it('JSN-012: a string is no boolean', async () => {
		const one = take('JSN-012')
		const { revoked } = JSON.parse(one.text) as { revoked: string }
		const body = { token: 'x', newPassword: password, removeSecondFactor: revoked }
		expectRefusal(one, await browser.call('POST', '/recovery', body))
	})

	it('JSN-014: nobody gives themselves a role', async () => {
		const one = take('JSN-014')
		expectRefusal(one, await browser.send('PATCH', '/me', one.text, { 'content-type': 'application/json' }))
	})

	it('JSN-024: the id of another workspace’s connector is like one that never was', async () => {
		const one = take('JSN-024')
		const other = await server.store.workspaces.create('Elsewhere')
		const foreign = await addConnector(server.store, other.id, 'Theirs', 'theirs.example')
		const body = {
			type: foreign.type,
			address: 'https://blog.example',
			username: 'ann',
			applicationPassword: 'abcd EFGH 1234 ijkl MNOP 6789',
		}
		const reconnect = (connectorId: string) =>
			browser.call('POST', `/workspaces/${workspaceId}/connectors/verify`, { ...body, connectorId })
		const answers = [await reconnect(foreign.id), await reconnect('con_never')]
		for (const answer of answers) expectRefusal(one, answer)
		const [first, second] = answers.map((answer) => ({ ...answer.body, requestId: '' }))
		expect(first).toEqual(second)
	})

	it('changed nothing of what they were sent to', async () => {
		expect((await browser.call('GET', '/me')).body.memberships[0].workspace.name).toBe(ann.workspaceName)
	})
})

describe('accounts', () => {
	const signUp = async (account: object) => {
		const invited = await browser.call('POST', `/workspaces/${workspaceId}/invitations`, { role: 'viewer', label: '' })
		const token = new URL(invited.body.link).hash.slice(1)
		return server.browser().call('POST', '/invitations/accept', { token, account })
	}
	const bob = { username: 'bob', email: 'bob@example.com', password }

	it('USR-012: a username of a megabyte is refused', async () => {
		const one = take('USR-012')
		expectRefusal(one, await signUp({ ...bob, username: one.text }))
	})

	it.each(['ACC-002', 'ACC-003'])('%s is refused', async (id) => {
		const one = take(id)
		expectRefusal(one, await signUp({ ...bob, password: one.text }))
	})

	it('ACC-004: a password of a megabyte is too long for the rules, and for a request before them', async () => {
		const one = take('ACC-004')
		expect(judgePassword(new Secret(one.text), [])).toMatchObject({
			problem: { code: codeOfLabel[one.expect.code ?? ''] },
		})
		expect((await signUp({ ...bob, password: one.text })).body.code).toBe('request/body-too-large')
		// The longest that arrives.
		expectRefusal(one, await signUp({ ...bob, password: one.text.slice(0, 200_000) }))
	})

	it.each([
		['ACC-005', 'emoji'],
		['ACC-006', 'nul'],
	])('%s is taken, and signs in, whole', async (id, username) => {
		const { text } = take(id)
		const made = await signUp({ username, email: `${username}@example.com`, password: text })
		expect(made.status).toBe(200)
		const signIn = (typed: string) => server.browser().call('POST', '/session', { username, password: typed })
		expect((await signIn(text)).body).toEqual({ state: 'signed-in' })
		expect((await signIn(text.slice(0, -2))).body.code).toBe('account/credentials-wrong')
		expect((await signIn(text.split('\0')[0]?.slice(0, 30) ?? '')).body.code).toBe('account/credentials-wrong')
	})

	it('ACC-020: setup is not there any more', async () => {
		expectRefusal(take('ACC-020'), await server.browser().call('POST', '/setup', ann))
	})

	it('ACC-022: an unknown account is a wrong password', async () => {
		const one = take('ACC-022')
		expectRefusal(one, await server.browser().call('POST', '/session', { username: one.text, password }))
	})
})

describe('the corpus', () => {
	it('is tried in full, or it is said where or why not', () => {
		const unexplained = [...cases.keys()].filter((id) => !tried.has(id) && elsewhere[id] === undefined)
		expect(unexplained).toEqual([])
		expect([...tried].filter((id) => elsewhere[id] !== undefined)).toEqual([])
	})
})
