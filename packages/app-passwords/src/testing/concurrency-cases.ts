import assert from 'node:assert/strict'
import { after, type StorageCase, storageCase } from './storage-case.ts'

const many = Array.from({ length: 50 }, (_, index) => index)

/** WordPress rewrites an owner's whole list at each change, and may lose one. */
export const concurrencyCases: readonly StorageCase[] = [
	storageCase('#30 loses none of 50 passwords made at once', async (bench) => {
		const { storage, owner } = bench
		const made = await Promise.all(many.map((index) => bench.create(owner, { name: `App ${index}` })))
		const uuids = (await storage.list(owner)).map(({ uuid }) => uuid)
		assert.deepEqual(uuids.sort(), made.map(({ uuid }) => uuid).sort())
		assert.equal((await bench.readEvents()).length, many.length)
	}),
	storageCase('#30 loses none of 50 uses, renamings and revocations at once', async (bench) => {
		const { storage, owner, telling } = bench
		const made = await Promise.all(many.map((index) => bench.create(owner, { name: `App ${index}` })))
		await Promise.all(
			made.flatMap(({ uuid, name }, index) => {
				const use = { kind: 'use', owner, uuid, at: after(index), ip: '192.0.2.1', movesLastUsed: true } as const
				const rename = { kind: 'update', owner, uuid, changes: { name: `${name} new` } } as const
				const end = { kind: 'delete', owner, uuid } as const
				if (index % 2 === 0) return [Promise.resolve(storage.change(end, telling('deleted')))]
				return [
					Promise.resolve(storage.change(use, () => [])),
					Promise.resolve(storage.change(rename, telling('updated'))),
				]
			}),
		)
		const left = new Map((await storage.list(owner)).map((password) => [password.uuid, password]))
		for (const [index, { uuid, name }] of made.entries()) {
			const { name: renamed, lastUsed } = left.get(uuid) ?? {}
			const expected = index % 2 === 0 ? [undefined, undefined] : [`${name} new`, after(index)]
			assert.deepEqual([renamed, lastUsed], expected)
		}
		const told = (await bench.readEvents()).map(({ event }) => event)
		assert.equal(told.filter((event) => event === 'deleted').length, many.length / 2)
		assert.equal(told.filter((event) => event === 'updated').length, many.length / 2)
	}),
	storageCase('#30 keeps both when one password is used and renamed 50 times at once', async (bench) => {
		const { storage, owner, telling } = bench
		const { uuid } = await bench.create(owner)
		await Promise.all(
			many.flatMap((index) => {
				const use = { kind: 'use', owner, uuid, at: after(index), ip: '192.0.2.9', movesLastUsed: false } as const
				const rename = { kind: 'update', owner, uuid, changes: { name: `Name ${index}` } } as const
				return [
					Promise.resolve(storage.change(use, () => [])),
					Promise.resolve(storage.change(rename, telling('updated'))),
				]
			}),
		)
		const now = await storage.find(owner, uuid)
		assert.match(now?.name ?? '', /^Name \d+$/)
		assert.equal(now?.seen?.ip, '192.0.2.9')
	}),
	storageCase('#30 revokes one password once, however many ask at once', async (bench) => {
		const { storage, owner, telling } = bench
		const { uuid } = await bench.create(owner)
		const end = { kind: 'delete', owner, uuid } as const
		const ended = await Promise.all(many.map(async () => storage.change(end, telling('deleted'))))
		assert.equal(ended.flat().length, 1)
		assert.equal((await bench.readEvents()).filter(({ event }) => event === 'deleted').length, 1)
	}),
]
