import assert from 'node:assert/strict'
import { hashOf, noon, type StorageCase, storageCase } from './storage-case.ts'

const sinkIsFull = () => {
	throw new Error('The sink is full.')
}

/** A change and its events are one. */
export const eventCases: readonly StorageCase[] = [
	storageCase('keeps each change together with its events', async (bench) => {
		const { storage, owner, telling } = bench
		const { uuid } = await bench.create(owner)
		await storage.change({ kind: 'update', owner, uuid, changes: { name: 'x' } }, telling('updated'))
		await storage.change({ kind: 'delete', owner, uuid }, telling('deleted'))
		const told = await bench.readEvents()
		assert.deepEqual(
			told.map(({ event }) => event),
			['created', 'updated', 'deleted'],
		)
		assert.deepEqual(new Set(told.map((event) => event.uuid)), new Set([uuid]))
	}),
	storageCase('keeps one event for each password when all are revoked', async (bench) => {
		const { storage, owner, telling } = bench
		const made = [await bench.create(owner), await bench.create(owner), await bench.create(owner)]
		await storage.change({ kind: 'delete', owner, uuid: 'all' }, telling('deleted'))
		const told = (await bench.readEvents()).filter(({ event }) => event === 'deleted')
		assert.equal(told.length, made.length)
		assert.deepEqual(new Set(told.map(({ uuid }) => uuid)), new Set(made.map(({ uuid }) => uuid)))
	}),
	storageCase('describes a change as it is: the new state, and what is deleted as it was', async (bench) => {
		const { storage, owner } = bench
		const kept = await bench.create(owner)
		const seen: unknown[] = []
		const look = (affected: readonly unknown[]) => {
			seen.push(...affected)
			return []
		}
		const change = { kind: 'update', owner, uuid: kept.uuid, changes: { name: 'x' } } as const
		await storage.change(change, look)
		await storage.change({ kind: 'delete', owner, uuid: 'all' }, look)
		assert.deepEqual(seen, [
			{ ...kept, name: 'x' },
			{ ...kept, name: 'x' },
		])
	}),
	storageCase('undoes a change whose events cannot be told', async (bench) => {
		const { storage, owner } = bench
		const made = [await bench.create(owner), await bench.create(owner)]
		const [{ uuid }] = [made[0] ?? bench.record()]
		const password = bench.record()
		const changes = [
			{ kind: 'create', owner, password, hash: hashOf(password) },
			{ kind: 'update', owner, uuid, changes: { name: 'x' } },
			{ kind: 'delete', owner, uuid },
			{ kind: 'delete', owner, uuid: 'all' },
		] as const
		for (const change of changes) await assert.rejects(async () => storage.change(change, sinkIsFull))
		assert.deepEqual(await storage.list(owner), made)
		assert.equal(await bench.find(password), undefined)
		assert.equal((await bench.readEvents()).length, made.length)
		await bench.create(owner) // and it goes on
	}),
	storageCase('keeps what is only noted: logins, and failures of nobody', async (bench) => {
		const { storage, owner } = bench
		const password = await bench.create(owner)
		const occasion = { by: null, withPassword: null, ip: '192.0.2.1', requestId: null }
		storage.note({ event: 'authenticated', at: noon, user: owner, password, occasion: { ...occasion, by: owner } })
		const failed = { event: 'failed', at: noon, password: null, occasion } as const
		storage.note({ ...failed, user: owner, code: 'incorrect_password' })
		storage.note({ ...failed, user: null, code: 'invalid_username' })
		assert.deepEqual((await bench.readEvents()).slice(1), [
			{ event: 'authenticated', uuid: password.uuid, code: null },
			{ event: 'failed', uuid: null, code: 'incorrect_password' },
			{ event: 'failed', uuid: null, code: 'invalid_username' },
		])
	}),
]
