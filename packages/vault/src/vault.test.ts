import { createCipheriv, randomBytes } from 'node:crypto'
import { type Result, Secret } from '@postern/vocabulary'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unwrapDataKey } from './data-keys.ts'
import type { NamedKey } from './sealed-box.ts'
import { createVault, type SealPlace, type Vault } from './vault.ts'
import { dataKeysInMemory, place, randomKek } from './vault.testing.ts'

const HEADER = 9
const NONCE_END = 21
const password = 'H5wW1NntpxwXFbGRPkA30sfq'

function valueOf<T>(result: Result<T>): T {
	if (!result.ok) throw new Error(result.problem.code)
	return result.value
}

function newVault() {
	const kek = randomKek()
	const dataKeys = dataKeysInMemory()
	return { kek, dataKeys, vault: createVault({ kek, dataKeys }) }
}

async function sealed(vault: Vault, at: SealPlace = place, text = password): Promise<Uint8Array> {
	return valueOf(await vault.seal(new Secret(text), at))
}

/** Opened: its text. Closed: undefined. Any other outcome fails the test. */
async function opened(vault: Vault, box: Uint8Array, at: SealPlace = place): Promise<string | undefined> {
	const result = await vault.unseal(box, at)
	if (result.ok) return result.value.reveal()
	expect(result.problem.code).toBe('vault/cannot-open')
	expect(JSON.stringify(result.problem)).not.toContain(password)
	return undefined
}

/** The documented form, written a second time. */
function boxMadeByHand({ id, key }: NamedKey, authTagLength: number): Uint8Array {
	const { workspaceId, table, column, rowId, siteOrigin, version } = place
	const parts = ['pst-vault', '1', id, 'secret', workspaceId, table, column, rowId, siteOrigin, String(version)]
	const prefixed = parts.map((part) => {
		const bytes = Buffer.from(part)
		return Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
	})
	const nonce = randomBytes(12)
	const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength })
	cipher.setAAD(Buffer.concat(prefixed))
	const ciphertext = Buffer.concat([cipher.update(password), cipher.final()])
	return Buffer.concat([Buffer.from([1]), Buffer.from(id, 'hex'), nonce, ciphertext, cipher.getAuthTag()])
}

describe('a sealed secret', () => {
	it('comes back as it was, whatever it was', async () => {
		const { vault } = newVault()
		const text = fc.string({ unit: 'grapheme', maxLength: 200 })
		await fc.assert(
			fc.asyncProperty(text, async (secret) => {
				expect(await opened(vault, await sealed(vault, place, secret))).toBe(secret)
			}),
		)
	})

	it('holds nothing of the secret in the clear', async () => {
		const { vault, dataKeys } = newVault()
		const box = Buffer.from(await sealed(vault))
		expect(box.includes(password)).toBe(false)
		expect(JSON.stringify(dataKeys.records)).not.toContain(password)
	})

	it('opens in another process with the same key and records', async () => {
		const { kek, dataKeys, vault } = newVault()
		const box = await sealed(vault)
		expect(await opened(createVault({ kek, dataKeys }), box)).toBe(password)
	})

	it('never shares its nonce with another: 10,000 seals of one key', async () => {
		const { vault, dataKeys } = newVault()
		const nonces = new Set<string>()
		for (let count = 0; count < 10_000; count += 1) {
			nonces.add(Buffer.from((await sealed(vault)).subarray(HEADER, NONCE_END)).toString('hex'))
		}
		expect(nonces.size).toBe(10_000)
		expect(dataKeys.records).toHaveLength(1)
	})

	it('refuses to seal what would not come back the same', async () => {
		const { vault } = newVault()
		await expect(vault.seal(new Secret('half \uD83D'), place)).rejects.toThrow(TypeError)
	})
})

describe('tampering', () => {
	it('closes a secret with any one byte flipped', async () => {
		const { vault } = newVault()
		const box = await sealed(vault)
		for (let index = 0; index < box.length; index += 1) {
			const changed = Uint8Array.from(box)
			changed[index] = (changed[index] ?? 0) ^ 0xff
			expect(await opened(vault, changed)).toBeUndefined()
		}
		expect(await opened(vault, box)).toBe(password)
	})

	it('closes a secret with any one bit changed', async () => {
		const { vault } = newVault()
		const box = await sealed(vault)
		await fc.assert(
			fc.asyncProperty(fc.nat(box.length * 8 - 1), async (bit) => {
				const changed = Uint8Array.from(box)
				changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
				expect(await opened(vault, changed)).toBeUndefined()
			}),
		)
	})

	it('closes a secret that is cut, at either end, or longer than it was', async () => {
		const { vault } = newVault()
		const box = await sealed(vault)
		for (let length = 0; length < box.length; length += 1) {
			expect(await opened(vault, box.subarray(0, length))).toBeUndefined()
			expect(await opened(vault, box.subarray(box.length - length))).toBeUndefined()
		}
		expect(await opened(vault, Buffer.concat([box, Buffer.alloc(1)]))).toBeUndefined()
		expect(await opened(vault, new Uint8Array())).toBeUndefined()
	})

	it.each<[string, Partial<SealPlace>]>([
		['workspace', { workspaceId: 'ws_b' }],
		['row', { rowId: 'con_b' }],
		['table', { table: 'account' }],
		['column', { column: 'other' }],
		['version, older', { version: 0 }],
		['version, newer', { version: 2 }],
		['scheme', { siteOrigin: 'http://blog.example' }],
		['host', { siteOrigin: 'https://evil.example' }],
		['port', { siteOrigin: 'https://blog.example:8443' }],
	])('closes a secret that was carried to another %s', async (_, change) => {
		const { vault, dataKeys } = newVault()
		const box = await sealed(vault)
		const elsewhere = { ...place, ...change }
		await sealed(vault, elsewhere) // the other place has a secret, and its workspace a data key
		dataKeys.records.push(...dataKeys.records.map((key) => ({ ...key, workspaceId: elsewhere.workspaceId })))
		expect(await opened(vault, box, elsewhere)).toBeUndefined()
	})

	it('closes both secrets of two rows that were swapped', async () => {
		const { vault } = newVault()
		const other = { ...place, rowId: 'con_b' }
		const [first, second] = [await sealed(vault), await sealed(vault, other)]
		expect(await opened(vault, second, place)).toBeUndefined()
		expect(await opened(vault, first, other)).toBeUndefined()
	})

	it('does not let one field of the place run into the next', async () => {
		const { vault } = newVault()
		const box = await sealed(vault, { ...place, table: 'ab', column: 'c' })
		expect(await opened(vault, box, { ...place, table: 'a', column: 'bc' })).toBeUndefined()
	})

	it.each([4, 8, 12, 13, 14, 15])('refuses a tag cut to %i bytes', async (tagBytes) => {
		const { vault } = newVault()
		const box = Buffer.from(await sealed(vault))
		const tag = box.length - 16
		expect(await opened(vault, box.subarray(0, tag + tagBytes))).toBeUndefined()
	})

	it.each([4, 8, 12])('refuses a tag made %i bytes long by whoever has the right key and place', async (tagBytes) => {
		const { kek, vault, dataKeys } = newVault()
		await sealed(vault)
		const [record] = dataKeys.records
		const key = record && unwrapDataKey(kek, record)
		if (key === undefined) throw new Error('the data key does not open')
		expect(await opened(vault, boxMadeByHand(key, 16))).toBe(password)
		expect(await opened(vault, boxMadeByHand(key, tagBytes))).toBeUndefined()
	})

	it('refuses every format but its own', async () => {
		const { vault } = newVault()
		const box = await sealed(vault)
		for (let format = 0; format < 256; format += 1) {
			const changed = Uint8Array.from(box)
			changed[0] = format
			expect(await opened(vault, changed)).toBe(format === 1 ? password : undefined)
		}
	})
})

describe('keys', () => {
	it('opens nothing with another key', async () => {
		const { vault, dataKeys } = newVault()
		const box = await sealed(vault)
		const thief = createVault({ kek: randomKek(), dataKeys })
		expect(await opened(thief, box)).toBeUndefined()
		const attempt = await thief.seal(new Secret(password), place)
		expect(attempt).toMatchObject({ ok: false, problem: { code: 'vault/cannot-open' } })
		expect(dataKeys.records).toHaveLength(1)
	})

	it('gives each workspace a data key of its own', async () => {
		const { vault, dataKeys } = newVault()
		await sealed(vault)
		await sealed(vault, { ...place, workspaceId: 'ws_b' })
		expect(dataKeys.records.map(({ workspaceId }) => workspaceId)).toEqual(['ws_a', 'ws_b'])
		expect(new Set(dataKeys.records.map(({ keyId }) => keyId)).size).toBe(2)
	})

	it('opens with the key a secret names after the workspace got a newer one', async () => {
		const { kek, vault, dataKeys } = newVault()
		const box = await sealed(vault)
		const other = dataKeysInMemory()
		await sealed(createVault({ kek, dataKeys: other }))
		dataKeys.records.push(...other.records)
		expect(await opened(vault, box)).toBe(password)
		expect(Buffer.from((await sealed(vault)).subarray(1, HEADER)).toString('hex')).toBe(other.records[0]?.keyId)
	})

	it('closes what was open when its data key is removed or changed', async () => {
		const { vault, dataKeys } = newVault()
		const box = await sealed(vault)
		expect(await opened(vault, box)).toBe(password)
		const [record] = dataKeys.records.splice(0)
		if (record === undefined) throw new Error('no data key was saved')
		expect(await opened(vault, box)).toBeUndefined()
		for (let index = 0; index < record.wrapped.length; index += 1) {
			const wrapped = Uint8Array.from(record.wrapped)
			wrapped[index] = (wrapped[index] ?? 0) ^ 1
			dataKeys.records.splice(0, 1, { ...record, wrapped })
			expect(await opened(vault, box)).toBeUndefined()
		}
	})

	it('does not take a wrapped data key for another workspace', async () => {
		const { vault, dataKeys } = newVault()
		await sealed(vault)
		const moved = dataKeys.records.map((record) => ({ ...record, workspaceId: 'ws_b' }))
		dataKeys.records.push(...moved)
		const attempt = await vault.seal(new Secret(password), { ...place, workspaceId: 'ws_b' })
		expect(attempt.ok).toBe(false)
	})
})
