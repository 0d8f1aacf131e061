import assert from 'node:assert/strict'
import { hashSecret } from '../hash-secret.ts'
import { after, hashOf, noon, type StorageCase, storageCase } from './storage-case.ts'

/** What is made, changed and ended is so for the next call. */
export const keepingCases: readonly StorageCase[] = [
	storageCase('finds a password by its hash, with all that was kept and its owner', async (bench) => {
		const { storage, owner, grants } = bench
		const full = {
			appId: '0f9d0c3e-6b7e-4c5a-9d6b-1f0a2b3c4d5e',
			name: 'Zoë’s “phone” 📱 & <more>',
			lastUsed: after(10),
			lastIp: '2001:db8::1',
			seen: { at: after(20), ip: '192.0.2.7' },
			expires: after(86_400),
			addresses: ['192.0.2.0/24', '2001:db8::/32'],
			requestsPerMinute: 60,
			grants: grants[1],
		}
		const kept = await bench.create(owner, full)
		const held = await bench.find(kept)
		assert.deepEqual(held?.password, { ...bench.record(full), uuid: kept.uuid })
		assert.equal(held.user.id, owner.id)
		assert.deepEqual(await storage.find(owner, kept.uuid), kept)
	}),
	storageCase('finds nothing for a hash that nobody has', async (bench) => {
		await bench.create(bench.owner)
		assert.equal(await bench.storage.findByHash(hashSecret('nobody')), undefined)
	}),
	storageCase('finds no password of an owner who may not sign in any more', async (bench) => {
		const [gone, stays] = [await bench.create(bench.owner), await bench.create(bench.other)]
		await bench.endOwner(bench.owner)
		assert.equal(await bench.find(gone), undefined)
		assert.equal((await bench.find(stays))?.user.id, bench.other.id)
	}),
	storageCase('never gives two passwords one hash', async (bench) => {
		const { storage, owner, other, telling } = bench
		const first = await bench.create(owner)
		const change = { kind: 'create', owner: other, password: bench.record(), hash: hashOf(first) } as const
		await assert.rejects(async () => storage.change(change, telling('created')))
		assert.deepEqual(await storage.list(other), [])
		assert.equal((await bench.find(first))?.user.id, owner.id)
		assert.equal((await bench.readEvents()).length, 1)
	}),
	storageCase('never gives two passwords one UUID, of whomever', async (bench) => {
		const { storage, owner, other, telling } = bench
		const first = await bench.create(owner)
		for (const one of [owner, other]) {
			const password = bench.record({ uuid: first.uuid, name: 'Second' })
			const change = { kind: 'create', owner: one, password, hash: hashSecret('second') } as const
			await assert.rejects(async () => storage.change(change, telling('created')))
		}
		assert.deepEqual(await storage.list(owner), [first])
		assert.deepEqual(await storage.list(other), [])
		assert.equal(await storage.findByHash(hashSecret('second')), undefined)
		assert.equal((await bench.readEvents()).length, 1)
		await storage.change({ kind: 'delete', owner, uuid: first.uuid }, telling('deleted'))
		await bench.create(other, { uuid: first.uuid }) // gone is free
	}),
	storageCase('lists the oldest first, of this owner alone, whatever their names', async (bench) => {
		const { storage, owner, other } = bench
		const made = []
		for (const name of ['b', 'a', 'a', 'c']) made.push(await bench.create(owner, { name }))
		await bench.create(other)
		assert.deepEqual(await storage.list(owner), made)
	}),
	storageCase('changes what is in a change and nothing else', async (bench) => {
		const { storage, owner, grants, telling } = bench
		const kept = await bench.create(owner)
		const change = (changes: object) =>
			storage.change({ kind: 'update', owner, uuid: kept.uuid, changes }, telling('updated'))
		assert.deepEqual(await change({ name: 'New' }), [{ ...kept, name: 'New' }])
		assert.deepEqual(await change({}), [{ ...kept, name: 'New' }])
		await change({ expires: after(60) })
		await change({ grants: grants[1] })
		const now = { ...kept, name: 'New', expires: after(60), grants: grants[1] }
		assert.deepEqual(await storage.find(owner, kept.uuid), now)
		assert.deepEqual((await bench.find(kept))?.password, now)
		assert.deepEqual(await change({ expires: null }), [{ ...now, expires: null }])
	}),
	storageCase('keeps a use: always when it was seen, and as WordPress tells it when that moves', async (bench) => {
		const { storage, owner } = bench
		const kept = await bench.create(owner)
		const use = { kind: 'use', owner, uuid: kept.uuid } as const
		const first = { at: after(60), ip: '192.0.2.1' }
		await storage.change({ ...use, ...first, movesLastUsed: true }, () => [])
		const used = { ...kept, seen: first, lastUsed: first.at, lastIp: first.ip }
		assert.deepEqual(await storage.find(owner, kept.uuid), used)
		const second = { at: after(120), ip: '2001:db8::2' }
		await storage.change({ ...use, ...second, movesLastUsed: false }, () => [])
		assert.deepEqual((await bench.find(kept))?.password, { ...used, seen: second })
	}),
	storageCase('a revoked password is gone for the next look-up, and the others stay in order', async (bench) => {
		const { storage, owner, telling } = bench
		const [a, b, c] = [await bench.create(owner), await bench.create(owner), await bench.create(owner)]
		assert.deepEqual(await storage.change({ kind: 'delete', owner, uuid: b.uuid }, telling('deleted')), [b])
		assert.equal(await bench.find(b), undefined)
		assert.equal(await storage.find(owner, b.uuid), undefined)
		assert.deepEqual(await storage.list(owner), [a, c])
	}),
	storageCase('revokes all of one owner, and nobody else’s', async (bench) => {
		const { storage, owner, other, telling } = bench
		const mine = [await bench.create(owner), await bench.create(owner)]
		const theirs = await bench.create(other)
		const all = { kind: 'delete', owner, uuid: 'all' } as const
		assert.deepEqual(await storage.change(all, telling('deleted')), mine)
		assert.deepEqual(await storage.change(all, telling('deleted')), [])
		for (const password of mine) assert.equal(await bench.find(password), undefined)
		assert.deepEqual(await storage.list(other), [theirs])
	}),
	storageCase('gives none, and says nothing, where there is nothing of that kind', async (bench) => {
		const { storage, owner, other, telling } = bench
		const { uuid } = await bench.create(other)
		const absent = ['', 'all ', 'no-such', uuid]
		for (const wrong of absent) {
			assert.equal(await storage.find(owner, wrong), undefined)
			const at = { owner, uuid: wrong }
			const update = { kind: 'update', ...at, changes: { name: 'x' } } as const
			assert.deepEqual(await storage.change(update, telling('updated')), [])
			assert.deepEqual(await storage.change({ kind: 'delete', ...at }, telling('deleted')), [])
			const use = { kind: 'use', ...at, at: noon, ip: '192.0.2.1', movesLastUsed: true } as const
			assert.deepEqual(await storage.change(use, telling('updated')), [])
		}
		assert.equal((await storage.find(other, uuid))?.name, 'App 1')
		assert.deepEqual(await bench.readEvents(), [{ event: 'created', uuid, code: null }])
	}),
	storageCase('#31 is in use from the first password on, also when all are gone', async (bench) => {
		const { storage, owner, telling } = bench
		assert.equal(await storage.isInUse(), false)
		await bench.create(owner)
		assert.equal(await storage.isInUse(), true)
		await storage.change({ kind: 'delete', owner, uuid: 'all' }, telling('deleted'))
		assert.equal(await storage.isInUse(), true)
	}),
]
