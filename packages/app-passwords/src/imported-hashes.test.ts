import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canBeVerified, decoyHash, verifyImported } from './imported-hashes.ts'
import { wordPressHashes, wordPressSecret } from './wordpress-hashes.testing.ts'

describe.each(Object.entries(wordPressHashes))('a hash of kind %s, written by WordPress or PHP', (_kind, stored) => {
	it('#15 #16 is verified by its secret, and by no other', async () => {
		expect(canBeVerified(stored)).toBe(true)
		expect(await verifyImported(wordPressSecret, stored)).toBe(true)
		expect(await verifyImported(wordPressSecret.toLowerCase(), stored)).toBe(false)
		expect(await verifyImported('', stored)).toBe(false)
	})

	it('is not taken for one when a character is missing or another', async () => {
		expect(await verifyImported(wordPressSecret, stored.slice(0, -1))).toBe(false)
		expect(canBeVerified(stored.slice(0, -1)) && !stored.includes('argon2')).toBe(false)
		const last = stored.endsWith('0') ? '1' : '0'
		expect(await verifyImported(wordPressSecret, stored.slice(0, -2) + last + stored.slice(-1))).toBe(false)
	})
})

it.each([
	['nothing', ''],
	['the secret itself', wordPressSecret],
	['upper case MD5', hash('md5', wordPressSecret).toUpperCase()],
	['a hash of ours', 'sha256v1:abc'],
	['crypt of old', '$1$abcdefgh$0123456789012345678901'],
	['phpass at a cost of 2^30 rounds', '$P$SEDqwhgh4vddAQ918EwLUHTQJsbdeX.'],
	['bcrypt at a cost of 31', `$2y$31$${'a'.repeat(53)}`],
	['argon2 over 4 GiB', `$argon2id$v=19$m=4194304,t=1,p=1$${'a'.repeat(22)}$${'a'.repeat(43)}`],
	['argon2 with a million passes', `$argon2id$v=19$m=64,t=1000000,p=1$${'a'.repeat(22)}$${'a'.repeat(43)}`],
	['argon2 of no version we know', `$argon2id$v=16$m=1024,t=1,p=1$${'a'.repeat(22)}$${'a'.repeat(43)}`],
])('takes over no hash that is %s', async (_what, stored) => {
	expect(canBeVerified(stored)).toBe(false)
	expect(await verifyImported(wordPressSecret, stored)).toBe(false)
})

it('checks a decoy like an ordinary hash, and nothing fits it', async () => {
	expect(canBeVerified(decoyHash)).toBe(true)
	expect(decoyHash.slice(0, 4)).toBe(wordPressHashes.phpass.slice(0, 4))
	expect(await verifyImported(wordPressSecret, decoyHash)).toBe(false)
})
