import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../../scripts/testing/postgres.ts'
import { sweepRotations } from '../../flows/rotate-connector/sweep-rotations.ts'
import { approve, draftOf, openScene, refusalOf, settled, start, type Scene } from './approvals.testing.ts'
import { must, startTestServer, type TestServer } from './test-server.testing.ts'

let postgres: TestPostgres
beforeAll(async () => {
	postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres.stop(), 60_000)

/** Two nodes on one database, with one key, and Ann's browser at both. */
async function openNodes() {
	const folder = mkdtempSync(join(tmpdir(), 'postern-two-nodes-'))
	onTestFinished(() => rmSync(folder, { recursive: true }))
	const environ = { POSTERN_VAULT_KEY_FILE: join(folder, 'vault.key') }
	const databaseUrl = await postgres.createDatabase()
	const scene = await openScene({ databaseUrl, environ })
	const allow = { POSTERN_ALLOW_PRIVATE: `127.0.0.1:${scene.zoo.httpPort}` }
	const other = await startTestServer({ databaseUrl, environ: { ...environ, ...allow } })
	onTestFinished(() => other.stop())
	const there = other.browser()
	for (const [name, value] of scene.browser.cookies) there.cookies.set(name, value)
	return { scene, other, there }
}

async function sweep(server: TestServer): Promise<void> {
	must(await sweepRotations({ ...server.rotating, signal: new AbortController().signal }))
}

const oursAt = ({ site }: Scene) => site.passwords.list().filter(({ name }) => name.startsWith('Postern – '))

it('T66 one approval connects once, whichever of two nodes a browser comes back to', async () => {
	const { scene, there } = await openNodes()
	for (let round = 0; round < 3; round += 1) {
		const { approveUrl } = (await start(scene)).body
		const back = approve(scene, approveUrl)
		const answers = await Promise.all([scene.browser.open(back), there.open(back), scene.browser.open(back)])
		const [connected, ...more] = answers.filter(({ headers }) => headers.location?.includes('draft='))
		expect(more).toEqual([])
		for (const answer of answers) if (answer !== connected) expect(refusalOf(answer)).toBe('approval/state-used')
		if (connected !== undefined) await settled(scene, draftOf(connected))
	}
	const drafts = (await scene.browser.call('GET', `${scene.base}/connectors/drafts`)).body.connectors
	expect(drafts).toHaveLength(3)
	expect(
		oursAt(scene)
			.map(({ uuid }) => uuid)
			.toSorted(),
	).toEqual(
		drafts
			.map(({ applicationPassword }: { applicationPassword: { uuid: string } }) => applicationPassword.uuid)
			.toSorted(),
	)
})

it('a rotation is worked on by one node at a time, and by the other one when that one is gone', async () => {
	const { scene, other, there } = await openNodes()
	const { approveUrl } = (await start(scene)).body
	const id = draftOf(await scene.browser.open(approve(scene, approveUrl)))
	await settled(scene, id)
	await scene.browser.call('POST', `${scene.base}/connectors/${id}/save`, { name: 'Blog' })
	const path = `${scene.base}/connectors/${id}/rotate`
	const both = await Promise.all([scene.browser.call('POST', path), there.call('POST', path)])
	expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
	const { kysely } = other.store
	const rotation = kysely.selectFrom('connector_rotation').where('connector_id', '=', id)
	await expect.poll(() => rotation.select('lease_token').executeTakeFirst()).toEqual({ lease_token: null })
	// The node that rotated is gone before the old password is.
	const gone = { leased_until: 0, run_at: 0 }
	await kysely.updateTable('connector_rotation').set(gone).where('connector_id', '=', id).execute()
	await kysely.updateTable('connector').set({ rotated_at: 1 }).where('id', '=', id).execute()
	await Promise.all([sweep(other), sweep(other), sweep(scene.server)])
	expect(await other.store.rotations.find(id)).toBeUndefined()
	const checked = await there.call('POST', `${scene.base}/connectors/${id}/check`)
	expect(checked.body).toMatchObject({ state: 'healthy', applicationPassword: { uuid: oursAt(scene)[0]?.uuid } })
	expect(oursAt(scene)).toHaveLength(1)
	expect(scene.site.failedLogins()).toBe(0)
})
