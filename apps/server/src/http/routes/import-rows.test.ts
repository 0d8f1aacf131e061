import { enclose, type Enclosure } from '@postern/wp-client/testing/zoo-server'
import { USERNAME, wordpress, WRONG } from '@postern/wp-client/testing/zoo-wordpress'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { activity, setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'

let zoo: Enclosure
let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date'], now: new Date() }) // however slow the machine is, no budget fills up again
	const { animal } = wordpress({ applicationPasswords: 'on' })
	zoo = await enclose((visit) => {
		const page = animal(visit)
		if (typeof page === 'function' || visit.url !== '/wp-json/') return page
		// Whatever it is called, its index says where its home is.
		return { ...page, body: String(page.body).replace(/"home":"[^"]*"/, `"home":"http://127.0.0.1:${zoo.httpPort}"`) }
	})
	const environ = { POSTERN_ALLOW_PRIVATE: `127.0.0.1:${zoo.httpPort} localhost:${zoo.httpPort}` }
	server = await startTestServer({ environ })
	ann = await setUpAnn(server)
})
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

/** One row with a wrong password: why it failed, in the end. */
async function guess(host: string, isRow = true): Promise<string> {
	const address = `http://${host}:${zoo.httpPort}/`
	const typed = { address, username: USERNAME, applicationPassword: WRONG, ...(isRow ? { import: true } : {}) }
	const path = `/workspaces/${ann.workspaceId}/connectors/verify`
	const { body, text } = await ann.browser.call('POST', path, { type: 'wordpress-app', ...typed })
	if (body?.code !== undefined) return body.code
	const last = text.split('\n\n').findLast((event) => event.includes('"kind":"failed"')) ?? ''
	return JSON.parse(last.slice('data: '.length)).problem.code
}

const count = (codes: readonly string[], code: string) => codes.filter((one) => one === code).length

it('guesses at one site are as few as by hand, however many rows there are', async () => {
	const codes = await Promise.all(Array.from({ length: 40 }, () => guess('127.0.0.1')))
	expect([count(codes, 'site-credential/rejected'), count(codes, 'request/throttled')]).toEqual([23, 17])
	expect(await guess('127.0.0.1', false)).toBe('request/throttled') // those by hand are the same
}, 60_000)

it('another name of that site is no way around: nothing of the account goes there', async () => {
	for (let row = 0; row < 23; row += 1) await guess('127.0.0.1')
	const before = zoo.visits.filter(({ headers }) => headers.authorization !== undefined).length
	expect(await guess('localhost')).toBe('request/throttled')
	expect(zoo.visits.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(before)
	const failures = (await activity(server, ann.workspaceId)).filter((event) => event.includes('verification-failed'))
	expect(failures).toHaveLength(23) // waiting is no failure
}, 60_000)
