import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { ImportedPassword } from './app-passwords.ts'
import { hashSecret } from './hash-secret.ts'
import { createImportedLogin } from './imported-login.ts'
import { ada, bob, grants } from './people.testing.ts'
import { occasion, onlyPasswordOf, start } from './start.testing.ts'
import type { Change, Grants, MaybePromise } from './types.ts'
import { wordPressHashes, wordPressSecret } from './wordpress-hashes.testing.ts'

const record: ImportedPassword<Grants> = {
	uuid: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
	appId: '',
	name: 'Phone',
	hash: wordPressHashes.phpass,
	created: new Date('2020-12-08T00:00:00Z'),
	lastUsed: new Date('2026-11-21T06:00:00Z'),
	lastIp: '203.0.113.5',
	grants: grants[0],
}

function startCounting() {
	const here = start()
	const changes: Change[] = []
	const { change } = here.storage
	here.storage.change = (wanted, describeIt) => {
		changes.push(wanted)
		return change(wanted, describeIt)
	}
	const rehashes = () => changes.filter(({ kind }) => kind === 'rehash')
	return { ...here, rehashes }
}

describe.each(Object.entries(wordPressHashes))('a password whose hash is %s', (_kind, hash) => {
	it('#15 #16 #17 logs in with its secret, and becomes ours exactly once', async () => {
		const here = startCounting()
		const [taken] = await here.appPasswords.importFromWordPress(ada, [{ ...record, hash }], occasion)
		expect(taken).toMatchObject({ uuid: record.uuid, name: 'Phone', created: record.created, lastIp: '203.0.113.5' })
		expect(await here.verdict('ada', wordPressSecret.toLowerCase())).toBe('401 incorrect_password')
		for (let round = 0; round < 3; round += 1) expect(await here.verdict('ada', wordPressSecret)).toBe('ok')
		const to = hashSecret(wordPressSecret)
		expect(here.rehashes()).toMatchObject([{ from: hash, to }])
		expect(await here.storage.findByHash(to)).toMatchObject({ password: { uuid: record.uuid } })
		expect(await here.storage.hasImported()).toBe(false)
		// And the uses are kept by WordPress' rule, from where it left off.
		expect(await onlyPasswordOf(ada, here)).toMatchObject({ lastUsed: record.lastUsed, lastIp: '203.0.113.5' })
	})
})

describe('an imported password', () => {
	it.each(['phpass', 'keyed BLAKE2b'] as const)(
		'#17 of kind %s lets all in who come at the same moment to a storage that takes its time',
		async (kind) => {
			const kept = start()
			await kept.appPasswords.importFromWordPress(ada, [{ ...record, hash: wordPressHashes[kind] }], occasion)
			let turn = 0
			const later = async <T>(answer: () => MaybePromise<T>) => {
				turn += 1
				await delay(turn % 7)
				return answer()
			}
			const { findByHash, listImported, change } = kept.storage
			const here = start({
				storage: {
					...kept.storage,
					findByHash: (hash) => later(() => findByHash(hash)),
					listImported: (owner) => later(() => listImported(owner)),
					change: (wanted, describeIt) => later(() => change(wanted, describeIt)),
				},
			})
			const logIn = (index: number) => here.verdict('ada', wordPressSecret, { ip: `10.0.0.${index}` })
			const verdicts = await Promise.all(
				Array.from({ length: 30 }, async (_, index) => {
					await delay(index % 5)
					return logIn(index)
				}),
			)
			expect(new Set(verdicts)).toEqual(new Set(['ok']))
		},
	)

	it('#17 lets all in who come at the same moment, and is upgraded once for all of them', async () => {
		const here = startCounting()
		await here.appPasswords.importFromWordPress(ada, [record], occasion)
		const verdicts = Array.from({ length: 20 }, (_, index) =>
			here.verdict('ada', wordPressSecret, { ip: `10.0.0.${index}` }),
		)
		expect(new Set(await Promise.all(verdicts))).toEqual(new Set(['ok']))
		expect(here.rehashes()).toHaveLength(1)
	})

	it('opens nobody else’s account, and nothing when it is revoked', async () => {
		const here = start()
		await here.appPasswords.importFromWordPress(ada, [record], occasion)
		expect(await here.verdict('bob', wordPressSecret)).toBe('401 incorrect_password')
		expect(await here.verdict('nobody', wordPressSecret)).toBe('401 invalid_username')
		await here.appPasswords.revoke(ada, record.uuid, occasion)
		expect(await here.verdict('ada', wordPressSecret)).toBe('401 incorrect_password')
	})

	it('is found among others of the same owner', async () => {
		const here = start()
		const others = Array.from({ length: 4 }, (_, index) => ({
			...record,
			uuid: record.uuid.replace('3f', `a${index}`),
			hash: wordPressHashes.phpass.replace('Dqwh', `Dqw${index}`),
		}))
		await here.appPasswords.importFromWordPress(ada, [...others, record], occasion)
		expect(await here.logIn('ada', wordPressSecret)).toMatchObject({ value: { password: { uuid: record.uuid } } })
	})

	it('has no empty secret, whatever its hash', async () => {
		const here = start()
		const md5OfNothing = 'd41d8cd98f00b204e9800998ecf8427e'
		const genericOfNothing = '$generic$XJQGK2eUryTa4vHbU0bDv1Ml3wGPwaC1ATczq0o_'
		const records = [md5OfNothing, genericOfNothing].map((hash, index) => ({
			...record,
			uuid: record.uuid.replace('3f', `${index}f`),
			hash,
		}))
		await here.appPasswords.importFromWordPress(ada, records, occasion)
		for (const password of ['', '---']) expect(await here.verdict('ada', password)).toBe('401 incorrect_password')
	})

	const startCountingChecks = async (hash: string = wordPressHashes.md5) => {
		const here = start()
		const checked: string[] = []
		const { listImported } = here.storage
		here.storage.listImported = (owner) => {
			checked.push(owner.login)
			return listImported(owner)
		}
		await here.appPasswords.importFromWordPress(ada, [{ ...record, hash }], occasion)
		return { ...here, checked }
	}

	it('is refused, the first time as ever after, under a name that only the directory takes for the owner’s', async () => {
		const plain = start()
		const users = { ...plain.users, findByLogin: (name: string) => plain.users.findByLogin(name.trim()) }
		const here = start({ users })
		await here.appPasswords.importFromWordPress(ada, [record], occasion)
		const { secret } = await here.issue()
		expect(await here.verdict(' ada', wordPressSecret)).toBe('401 incorrect_password')
		expect(await here.verdict(' ada', secret)).toBe('401 incorrect_password')
		expect(await here.verdict('ada', wordPressSecret)).toBe('ok')
	})

	it('is no more checked for an address that failed itself, once its name is guessed at', async () => {
		const here = await startCountingChecks()
		for (let index = 0; index < 14; index += 1)
			await here.verdict('ada', `wrong${index}`, { ip: `10.0.0.${index % 5}` })
		expect(here.checked).toHaveLength(10)
		expect(await here.verdict('ada', wordPressSecret, { ip: '10.0.0.1' })).toBe('429 too_many_attempts')
	})

	it('lets its owner in for the first time while others guess at his name', async () => {
		const here = await startCountingChecks()
		for (let index = 0; index < 20; index += 1) await here.verdict('ada', `wrong${index}`, { ip: `10.0.0.${index}` })
		expect(await here.verdict('ada', wordPressSecret, { ip: '203.0.113.1' })).toBe('ok')
	})

	it('is checked one after the other; who would wait too long is told when to come again', async () => {
		const here = start()
		await here.appPasswords.importFromWordPress(ada, [record], occasion)
		const verdicts = await Promise.all(
			Array.from({ length: 40 }, (_, index) =>
				here.verdict(`nobody${index}`, `wrong${index}`, { ip: `10.0.0.${index}` }),
			),
		)
		expect(verdicts.filter((verdict) => verdict === '401 invalid_username')).toHaveLength(32)
		expect(verdicts.filter((verdict) => verdict === '429 too_many_attempts')).toHaveLength(8)
	})

	it('is checked for its owner however many logins another network sends at once', async () => {
		const here = start()
		await here.appPasswords.importFromWordPress(ada, [record], occasion)
		const flood = Array.from({ length: 40 }, (_, index) =>
			here.verdict(`nobody${index}`, `wrong${index}`, { ip: `2001:db8::${index + 1}` }),
		)
		expect(await here.verdict('ada', wordPressSecret, { ip: '203.0.113.1' })).toBe('ok')
		const verdicts = await Promise.all(flood)
		expect(verdicts.filter((verdict) => verdict === '401 invalid_username')).toHaveLength(4)
		expect(verdicts.filter((verdict) => verdict === '429 too_many_attempts')).toHaveLength(36)
		// And the places are free again.
		expect(await here.verdict('nobody', 'wrong', { ip: '2001:db8::1' })).toBe('401 invalid_username')
	})

	it('is checked once for one application that comes many times at once', async () => {
		const here = await startCountingChecks(wordPressHashes.phpass)
		const verdicts = Array.from({ length: 20 }, () => here.verdict('ada', wordPressSecret))
		expect(new Set(await Promise.all(verdicts))).toEqual(new Set(['ok']))
		expect(here.checked).toHaveLength(1)
	})

	it('makes at most sixty events a minute of an address that finds its places taken', async () => {
		const here = start()
		await here.appPasswords.importFromWordPress(ada, [record], occasion)
		await Promise.all(Array.from({ length: 100 }, (_, index) => here.verdict(`nobody${index}`, `wrong${index}`)))
		const codes = here.eventsOf('failed').map(({ code }) => code)
		expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(60)
	})

	it('still logs in when its new hash cannot be kept, and that is told', async () => {
		const troubles: unknown[] = []
		const kept = start()
		await kept.appPasswords.importFromWordPress(ada, [record], occasion)
		const { change } = kept.storage
		const here = start({
			storage: {
				...kept.storage,
				change: (wanted, describeIt) =>
					wanted.kind === 'rehash' ? Promise.reject(new Error('The disk is full.')) : change(wanted, describeIt),
			},
			onTrouble: (error) => troubles.push(error),
		})
		expect(await here.verdict('ada', wordPressSecret)).toBe('ok')
		expect(await here.verdict('ada', wordPressSecret)).toBe('ok')
		expect(troubles.map(String)).toEqual(Array(2).fill('Error: The disk is full.'))
	})

	it('#80 keeps a failure waiting for the next tick, whether the account has one, has none, or is nobody', async () => {
		const here = start()
		await here.appPasswords.importFromWordPress(ada, [record], occasion)
		const waits: number[] = []
		const wait = async (ms: number) => void waits.push(ms)
		const tryImported = createImportedLogin(here.storage, () => undefined, wait)
		for (const owner of [ada, bob, undefined])
			expect(await tryImported({ owner, secret: 'wrong', ip: '192.0.2.1' })).toEqual({ held: undefined })
		expect(waits).toHaveLength(3)
		expect(waits.every((ms) => ms > 0 && ms <= 100)).toBe(true)
	})
})

describe('an import', () => {
	it('leaves out what WordPress never wrote and what is here already, and tells the others', async () => {
		const here = start()
		const bad = { ...record, uuid: record.uuid.replace('3f', '4f'), hash: 'plain text' }
		expect(await here.appPasswords.importFromWordPress(ada, [bad, record], occasion)).toHaveLength(1)
		expect(await here.appPasswords.importFromWordPress(ada, [bad, record], occasion)).toEqual([])
		await onlyPasswordOf(ada, here)
		expect(here.eventsOf('created')).toMatchObject([{ password: { uuid: record.uuid }, user: ada, occasion }])
	})

	it('#23 gives a record of old without a UUID one that stays', async () => {
		const here = start()
		await here.appPasswords.importFromWordPress(bob, [{ ...record, uuid: '', appId: 'x', name: '<i></i>' }], occasion)
		const first = await onlyPasswordOf(bob, here)
		expect(first.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
		expect(first).toMatchObject({ appId: '', name: first.uuid })
		expect((await onlyPasswordOf(bob, here)).uuid).toBe(first.uuid)
	})

	it('#31 counts as use', async () => {
		const here = start()
		expect(await here.verdict('nobody', 'x')).toBe('unjudged')
		await here.appPasswords.importFromWordPress(ada, [{ ...record, hash: wordPressHashes['keyed BLAKE2b'] }], occasion)
		expect(await here.verdict('nobody', 'x')).toBe('401 invalid_username')
	})
})
