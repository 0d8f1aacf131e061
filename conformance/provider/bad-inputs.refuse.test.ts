import { request } from 'node:http'
import { readXmlRpcResponse } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import headers from '../../packages/wordpress/src/bad-inputs/basic-header.json' with { type: 'json' }
import bodies from '../../packages/wordpress/src/bad-inputs/xmlrpc-body.json' with { type: 'json' }
import { ask, basic, callXmlRpc } from '../targets/ask-place.ts'
import { neverIssued } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Headers, Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

type Input = {
	readonly input?: string
	readonly gen?: { readonly prefix: string; readonly repeat: string; readonly times: number; readonly suffix: string }
}
const textOf = ({ input, gen }: Input): string =>
	gen === undefined ? (input ?? '') : gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix

type Sent = { readonly method?: string; readonly path: string; readonly headers: Headers; readonly body?: string }
type Got = { readonly status: number; readonly headers: NodeJS.Dict<string | string[]>; readonly text: string }

/** Sends what `fetch` would clean or refuse, and reads the answer also when it comes before all is sent. */
function send(place: Place, { method = 'GET', path, headers: sent, body }: Sent): Promise<Got> {
	return new Promise((resolve, reject) => {
		const asked = request(`${place.url}${path}`, { method, headers: sent }, (answer) => {
			const parts: Buffer[] = []
			answer.on('data', (part: Buffer) => parts.push(part))
			answer.on('end', () =>
				resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString() }),
			)
		})
		asked.on('error', reject)
		asked.end(body)
	})
}

async function callRaw(place: Place, body: string, type = 'text/xml') {
	const headersSent = { 'Content-Type': type }
	const got = await send(place, { method: 'POST', path: '/xmlrpc.php', headers: headersSent, body })
	return { status: got.status, ...readXmlRpcResponse(got.text) }
}

const me = '/wp-json/wp/v2/users/me'
const codeOf = (text: string): unknown => Object(JSON.parse(text))['code']
/** Those of methods that sites have and Postern's own root has not. */
const ofSites = ['XML-002', 'XML-003']
/** Where the numbered cases (#216) ask for another fault than the corpus. */
const decided: Readonly<Record<string, number>> = { 'XML-018': -32_602 }
const unknownMethod = -32_601

describe.each(targets('postern', 'package'))('$name', (target) => {
	const { open, openNew } = placesOf(target)

	it.each(headers.filter(({ expect: { outcome } }) => outcome === 'accept'))(
		'$id reads a header: $label',
		async ({ input = '' }) => {
			const place = await openNew()
			await place.issue('editor')
			const { status, text } = await send(place, { path: me, headers: { Authorization: input } })
			// It was read: there is just nobody of that name.
			expect([status, codeOf(text)]).toEqual([401, 'invalid_username'])
		},
	)

	it.each(headers.filter(({ expect: { outcome } }) => outcome === 'reject'))(
		'$id lets nobody in by a header: $label',
		async ({ expect: { http }, ...input }) => {
			const place = await open()
			await place.issue('editor')
			const { status, headers: got, text } = await send(place, { path: me, headers: { Authorization: textOf(input) } })
			expect(status).toBe(http)
			if (http !== 401) return
			// A challenge would open a password box in browsers (#78).
			expect(got['www-authenticate']).toBeUndefined()
			expect(['rest_not_logged_in', 'invalid_username', 'incorrect_password']).toContain(codeOf(text))
		},
	)

	it('BAS-022 BAS-026 lets nobody in by a proxy’s header or by a cookie', async () => {
		const place = await open()
		const { basic: right } = await place.issue('editor')
		const { Cookie = '' } = await place.sessionOf('editor')
		for (const sent of [{ 'Proxy-Authorization': right['Authorization'] ?? '' }, { Cookie }]) {
			const { status, text } = await send(place, { path: me, headers: sent })
			expect([status, codeOf(text)]).toEqual([401, 'rest_not_logged_in'])
		}
	})

	it('BAS-024 answers what a browser may have asked with nothing that it would run', async () => {
		const place = await open()
		const { basic: right } = await place.issue('editor')
		const { headers: got } = await ask(place, me, { headers: right })
		expect(got.get('x-content-type-options')).toBe('nosniff')
		expect(got.get('content-type')).toContain('application/json')
	})

	it.each(bodies.filter(({ input = '' }) => !input.includes('<param>(')))(
		'$id answers a document: $label',
		async ({ id, expect: { outcome, ...wanted }, ...input }) => {
			const place = await open()
			const answer = await callRaw(place, textOf(input))
			expect(answer.status).toBeLessThan(500)
			if (outcome === 'reject') expect(answer).toMatchObject({ kind: 'fault', code: decided[id] ?? wanted.fault })
			else if (ofSites.includes(id)) expect(answer).toMatchObject({ kind: 'fault', code: unknownMethod })
			else expect(answer.kind === 'value' || (answer.kind === 'fault' && answer.code === 400)).toBe(true)
		},
	)

	it('XML-016 reads no document of 70 MB', async () => {
		const place = await open()
		const body = `<methodCall><methodName>demo.sayHello</methodName>${'QUFB'.repeat(18_350_080)}`
		const { status } = await send(place, { method: 'POST', path: '/xmlrpc.php', headers: {}, body })
		expect(status).toBe(413)
	})

	it('XML-027 XML-028 answers three calls at once, and does not even begin with five hundred', async () => {
		const place = await open()
		const greet = { methodName: 'demo.sayHello', params: [] }
		const three = await callXmlRpc(place, 'system.multicall', [[greet, greet, greet]])
		expect(three).toMatchObject({ kind: 'value', value: [['Hello!'], ['Hello!'], ['Hello!']] })
		const guess = { methodName: 'wp.getUsersBlogs', params: [place.people.editor.username, neverIssued] }
		const many = await callXmlRpc(place, 'system.multicall', [Array.from({ length: 500 }, () => guess)])
		expect(many).toMatchObject({ status: 400, kind: 'fault', code: -32_600 })
	})

	it('XML-029 XML-030 XML-032 XML-035 XML-036 does nothing by way of detours', async () => {
		const place = await open()
		const { username } = place.people.editor
		const { password } = await place.issue('editor')
		const nested = { methodName: 'system.multicall', params: [] }
		const denied = { methodName: 'wp.setOptions', params: [1, username, password, {}] }
		const both = await callXmlRpc(place, 'system.multicall', [[nested, denied]])
		expect(both).toMatchObject({ kind: 'value', value: [{ faultCode: -32_600 }, { faultCode: unknownMethod }] })
		for (const method of ['wp.editProfile', 'WP.GetUsers']) {
			const answer = await callXmlRpc(place, method, [1, username, password, {}])
			expect(answer, method).toMatchObject({ kind: 'fault', code: unknownMethod })
		}
		const misplaced = await callXmlRpc(place, 'wp.getProfile', [username, password, '1'])
		expect(misplaced).toMatchObject({ status: 200, kind: 'fault', code: 403 })
	})

	it('XML-038 reads no form for a document', async () => {
		const place = await open()
		const answer = await callRaw(place, 'name=x', 'application/x-www-form-urlencoded')
		expect([400, 415]).toContain(answer.status === 200 ? 400 : answer.status)
		expect(answer.kind).not.toBe('value')
	})

	it('goes on answering after all that', async () => {
		const place = await open()
		const right = await place.issue('admin')
		expect((await ask(place, '/wp-json/', { headers: {} })).status).toBe(200)
		const wrong = await ask(place, me, { headers: basic('', right.password) })
		expect(wrong.status).toBeLessThan(500)
	})
})
