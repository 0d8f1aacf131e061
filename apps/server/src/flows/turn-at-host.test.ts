import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../scripts/testing/postgres.ts'
import { openAt } from '../store/cases/place.testing.ts'
import type { Store } from '../store/store.ts'
import { perHost, turnAtHost } from './turn-at-host.ts'

let server: TestPostgres | undefined
let nodes: readonly Store[] = []
beforeAll(async () => {
	server = await startPostgres()
	const place = { databaseUrl: await server.createDatabase() }
	nodes = [await openAt(place), await openAt(place)]
}, 120_000)
afterAll(async () => {
	await Promise.all(nodes.map((node) => node.close()))
	await server?.stop()
}, 60_000)

const stays = new AbortController().signal

it('lets two at a host at once on all nodes together, the clock counted, and everybody in the end', async () => {
	const host = 'shared.example'
	const kind = 'connector.check'
	const [node] = nodes
	if (node === undefined) throw new Error('no store')
	await node.jobs.enqueue({ kind, key: 'by the clock', lane: host, runAt: { inMs: 0 } })
	const [job] = await node.jobs.claim({ kinds: [kind], limit: 1, leaseMs: 60_000, perLane: perHost })
	if (job === undefined) throw new Error('nothing was due')
	let [here, most, done] = [1, 1, 0]
	const visit = async () => {
		here += 1
		most = Math.max(most, here)
		await delay(50)
		here -= 1
		done += 1
	}
	const visits = [...nodes, ...nodes, ...nodes].map((store) => turnAtHost(host, { store, signal: stays }, visit))
	await expect.poll(() => done).toBeGreaterThan(1)
	here -= 1
	await node.jobs.finish(job)
	await Promise.all(visits)
	expect([most, done]).toEqual([2, 6])
})

it('gives the place back of whoever leaves, and of what fails', async () => {
	const host = 'left.example'
	const [store] = nodes
	if (store === undefined) throw new Error('no store')
	const holding = Promise.withResolvers<void>()
	const held = [1, 2].map(() => turnAtHost(host, { store, signal: stays }, () => holding.promise))
	const waits = async () =>
		(await store.kysely.selectFrom('job').select('id').where('lane', '=', host).execute()).length
	await expect.poll(waits).toBe(2)
	const leaving = new AbortController()
	const left = turnAtHost(host, { store, signal: leaving.signal }, () => Promise.reject(new Error('had a turn')))
	await expect.poll(waits).toBe(3)
	leaving.abort()
	await expect(left).rejects.toThrow('abort')
	expect(await waits()).toBe(2)
	holding.reject(new Error('it failed'))
	expect((await Promise.allSettled(held)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
	expect(await waits()).toBe(0)
})
