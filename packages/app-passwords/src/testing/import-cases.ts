import assert from 'node:assert/strict'
import { hashAsWordPress, hashSecret } from '../hash-secret.ts'
import { type StorageCase, storageCase } from './storage-case.ts'

const phpass = '$P$BDj9.CpYvfjfC0iKkK4DUBQvsu.zBq1'
const otherPhpass = '$P$B8Kq1e6bGx0yPqZqQ0fYl0Vd3mCkXo/'

/** Hashes from WordPress. */
export const importCases: readonly StorageCase[] = [
	storageCase('lists the imported hashes that cannot be looked up, of this owner alone', async (bench) => {
		const { storage, owner, other } = bench
		assert.equal(await storage.hasImported(), false)
		await bench.create(owner)
		await bench.create(owner, {}, hashAsWordPress('abcdEFGH1234ijklMNOP6789'))
		assert.equal(await storage.hasImported(), false)
		const password = await bench.create(owner, {}, phpass)
		await bench.create(other, {}, otherPhpass)
		assert.equal(await storage.hasImported(), true)
		assert.deepEqual(await storage.listImported(owner), [{ password, hash: phpass }])
	}),
	storageCase('finds a hash of WordPress 6.8 by itself', async (bench) => {
		const hash = hashAsWordPress('abcdEFGH1234ijklMNOP6789')
		const { uuid } = await bench.create(bench.owner, {}, hash)
		assert.equal((await bench.storage.findByHash(hash))?.password.uuid, uuid)
	}),
	storageCase('replaces an imported hash exactly once, and changes nothing else', async (bench) => {
		const { storage, owner } = bench
		const before = await bench.create(owner)
		const password = await bench.create(owner, {}, phpass)
		const after = await bench.create(owner)
		const [to, late] = [hashSecret('first'), hashSecret('second')]
		const rehash = { kind: 'rehash', owner, uuid: password.uuid, from: phpass } as const
		const won = await Promise.all([to, late].map(async (hash) => storage.change({ ...rehash, to: hash }, () => [])))
		assert.equal(won.flat().length, 1)
		const kept = won[0]?.length === 1 ? to : late
		assert.deepEqual((await storage.findByHash(kept))?.password, password)
		assert.equal(await storage.findByHash(kept === to ? late : to), undefined)
		assert.equal(await storage.hasImported(), false)
		assert.deepEqual(await storage.change({ ...rehash, to: kept }, () => []), [])
		assert.deepEqual(await storage.listImported(owner), [])
		assert.deepEqual(await storage.list(owner), [before, password, after])
	}),
	storageCase('has nothing imported left when the last of them is revoked', async (bench) => {
		const { storage, owner, telling } = bench
		await bench.create(owner, {}, phpass)
		await storage.change({ kind: 'delete', owner, uuid: 'all' }, telling('deleted'))
		assert.equal(await storage.hasImported(), false)
		assert.equal(await storage.findByHash(phpass), undefined)
	}),
]
