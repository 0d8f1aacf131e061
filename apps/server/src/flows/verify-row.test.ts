import { expect, test } from 'vitest'
import { connected } from './connected.testing.ts'
import { prepareVerification, verifySite } from './verify-site.ts'
import { GROUPED, USERNAME } from '@postern/wp-client/testing/zoo-wordpress'

test.each([
	[
		'a row of a list waits for its turn before its site hears of it, and gives it back',
		'imported',
		['turn', 'ask', 'end'],
	],
	['a person at the form waits for no list', 'pasted', ['ask']],
] as const)('%s', async (_, credentialFrom, order) => {
	const seen: string[] = []
	const { ports, actor, workspaceId, zoo } = await connected({
		ask: (ask) => (request) => {
			seen.push('ask')
			return ask(request)
		},
	})
	const limit = {
		...ports.limit,
		turn: async () => {
			seen.push('turn')
			return () => void seen.push('end')
		},
	}
	const typed = { username: USERNAME, applicationPassword: GROUPED }
	const site = { type: 'wordpress-app', address: `http://127.0.0.1:${zoo.httpPort}/`, typed }
	const who = { actor, workspaceId, requestId: 'r', signal: new AbortController().signal }
	const prepared = await prepareVerification({ ...site, ...who, credentialFrom }, { ...ports, limit })
	if (!prepared.ok) throw new Error(prepared.problem.code)
	seen.length = 0
	expect((await verifySite(prepared.value, () => undefined, { ...ports, limit })).ok).toBe(true)
	expect(seen.filter((what, index) => what !== seen[index - 1])).toEqual(order)
})
