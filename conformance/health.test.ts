import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCheckOnSchedule } from '../apps/server/src/flows/check-on-schedule.ts'
import { connectedTo, must } from '../apps/server/src/flows/connected.testing.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { people, wordpressVersions } from './wordpress/wordpress-options.ts'

const stays = new AbortController().signal

describe.each(wordpressVersions)('a connector to WordPress %s', (version) => {
	let site: WordPressSite
	beforeAll(async () => {
		site = await startWordPress({ version, permalinks: 'pretty' })
	})
	afterAll(() => site.stop())

	it('Z58 whose password is revoked between two checks needs attention, and tells of it exactly once', async () => {
		const clock = { now: new Date() }
		const { username } = people.author
		const { password, uuid } = await site.createApplicationPassword('author', `Postern ${crypto.randomUUID()}`)
		let asked = 0
		const counted: Parameters<typeof connectedTo>[3] = (ask) => (request) => {
			asked += 1
			return ask(request)
		}
		const place = await connectedTo(site.url, { username, applicationPassword: password }, () => clock.now, counted)
		const { store, workspaceId, connectorId, ports } = place
		const check = createCheckOnSchedule({ ...ports, random: () => 0 })
		const next = async () => {
			clock.now = (await store.jobs.find('connector.check', connectorId))?.runAt ?? clock.now
			const [job] = await store.jobs.claim({ kinds: ['connector.check'], limit: 1, leaseMs: 180_000 })
			if (job === undefined) throw new Error('nothing is due')
			await check(job, stays)
			return (await store.connectors.find(workspaceId, connectorId))?.state
		}
		expect(await next()).toBe('healthy')
		asked = 0
		expect(await next()).toBe('healthy')
		expect(asked).toBe(2) // all is as before
		await site.revokeApplicationPassword('author', uuid)
		expect(await next()).toBe('healthy') // once may be a hiccup
		expect(await next()).toBe('needs-attention')
		expect(await next()).toBe('needs-attention')
		const { entries } = must(await store.audit.page({ workspaceId, limit: 100 }))
		const told = entries.filter(
			({ event }) => event === 'connector.needs-attention' || event === 'connector.unreachable',
		)
		expect(told.map(({ event, params }) => [event, params['code']])).toEqual([
			['connector.needs-attention', expect.stringMatching(/^site-credential\/rejected/)],
		])
	})
})
