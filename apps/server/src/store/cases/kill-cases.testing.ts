import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { requestsOf } from './access.testing.ts'
import { type NewPlace, openAt } from './place.testing.ts'

const MAX_LIFE_MS = 50
const MAX_ROUND_MS = 5_000

/** Kills a process that saves without a pause, again and again, and looks what it left behind. */
export function killCases(newPlace: NewPlace, rounds: number): void {
	describe('kill -9', () => {
		let compileCache = ''
		beforeAll(async () => {
			compileCache = await mkdtemp(join(tmpdir(), 'postern-compile-cache-'))
		})
		afterAll(() => rm(compileCache, { recursive: true }))

		it(
			`loses nothing that was acknowledged and leaves nothing half, ${rounds} times`,
			async () => {
				const place = await newPlace()
				const first = await openAt(place)
				const workspaceId = (await first.workspaces.create('Ours')).id
				await first.close()
				const acknowledged: string[] = []
				const args = [JSON.stringify(place), workspaceId]
				for (let round = 0; round < rounds; round += 1) {
					acknowledged.push(
						...(await runUntilKilled('save-in-a-loop', args, { compileCache, acknowledgements: round % 2 })),
					)
					const store = await openAt(place)
					await expectWhole(store, acknowledged)
					await store.close()
				}
				expect(acknowledged.length).toBeGreaterThanOrEqual(Math.floor(rounds / 2))
			},
			rounds * MAX_ROUND_MS,
		)

		const fewer = Math.ceil(rounds / 5)
		it(
			`T85 leaves no write that was let through without its record, ${fewer} times`,
			async () => {
				const place = await newPlace()
				const first = await openAt(place)
				const workspaceId = (await first.workspaces.create('Ours')).id
				await first.close()
				const acknowledged: string[] = []
				const args = [JSON.stringify(place), workspaceId]
				for (let round = 0; round < fewer; round += 1) {
					acknowledged.push(...(await runUntilKilled('commit-in-a-loop', args, { compileCache, acknowledgements: 5 })))
					const store = await openAt(place)
					const recorded = new Set((await requestsOf(store, workspaceId)).map(({ route }) => route))
					expect(acknowledged.filter((route) => !recorded.has(route))).toEqual([])
					expect(await store.audit.verify(workspaceId)).toMatchObject({ isWhole: true })
					await store.close()
				}
				expect(acknowledged.length).toBeGreaterThanOrEqual(5 * fewer)
			},
			rounds * MAX_ROUND_MS,
		)
	})
}

/** Kills within 50 ms of the first sign of life, or of as many acknowledgements; gives the ids that were acknowledged. */
function runUntilKilled(
	name: string,
	args: readonly string[],
	{ compileCache, acknowledgements }: { readonly compileCache: string; readonly acknowledgements: number },
): Promise<string[]> {
	const script = join(import.meta.dirname, `${name}.testing.ts`)
	const child = spawn(process.execPath, [script, ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_COMPILE_CACHE: compileCache }, // a start costs more than all it does
	})
	let said = ''
	let isTimed = false
	child.stdout.on('data', (chunk: Buffer) => {
		said += chunk.toString()
		if (isTimed || said.split('\n').length - 1 <= acknowledgements) return
		isTimed = true
		setTimeout(() => child.kill('SIGKILL'), Math.random() * MAX_LIFE_MS)
	})
	return new Promise((resolve, reject) => {
		child.once('error', reject)
		child.once('close', (code, signal) => {
			const [ready, ...ids] = said.split('\n').slice(0, -1)
			if (ready === 'ready' && signal === 'SIGKILL') resolve(ids)
			else reject(new Error(`the process that saves ended by itself, with ${code}`))
		})
	})
}

async function expectWhole(store: Store, acknowledged: readonly string[]): Promise<void> {
	// One statement: on PostgreSQL the last transaction of the dead process may end while we look.
	const rows = await store.kysely
		.selectFrom('connector')
		.fullJoin('audit_event', 'audit_event.target_id', 'connector.id')
		.select(['connector.id', 'phase', 'sealed', 'target_id'])
		.execute()
	const ids = new Set(rows.map(({ id }) => id))
	expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
	// An unacknowledged save is whole or absent: never a draft, never half a secret, never without its event.
	expect(rows.filter(({ id, phase, target_id }) => phase !== 'saved' || id !== target_id)).toEqual([])
	expect(rows.filter(({ sealed }) => !sealed || !Buffer.alloc(20_000, sealed[0]).equals(sealed))).toEqual([])
	if (store.type === 'sqlite') {
		expect((await sql`pragma integrity_check`.execute(store.kysely)).rows).toEqual([{ integrity_check: 'ok' }])
	}
}
