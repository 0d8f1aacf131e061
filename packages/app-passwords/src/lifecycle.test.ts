import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { hashSecret } from './hash-secret.ts'
import { memoryStorage } from './memory-storage.ts'
import { memoryUsers } from './memory-users.ts'
import { ada, bob, grants } from './people.testing.ts'
import { occasion, onlyPasswordOf, start, valueOf } from './start.testing.ts'
import type { Change, Grants, NewPassword, User } from './types.ts'

const appId = '0f9d0c3e-6b7e-4c5a-9d6b-1f0a2b3c4d5e'
const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const daySeconds = 86_400

async function codeOf(outcome: Promise<{ ok: true } | { ok: false; error: { status: number; code: string } }>) {
	const made = await outcome
	return made.ok ? 'ok' : `${made.error.status} ${made.error.code}`
}

function creating(here = start()) {
	return (wanted: Partial<NewPassword>) =>
		codeOf(here.appPasswords.create(ada, { name: 'App', grants: grants[0], ...wanted }, occasion))
}

describe('a new password', () => {
	it('#1 has its record, and a secret that is in nothing that is kept', async () => {
		const here = start()
		const { password, secret } = await here.issue(ada, { name: 'Phone', appId })
		expect(password).toEqual({
			uuid: expect.stringMatching(uuidV4),
			appId,
			name: 'Phone',
			created: here.clock.now(),
			lastUsed: null,
			lastIp: null,
			seen: null,
			expires: null,
			addresses: [],
			requestsPerMinute: null,
			grants: grants[0],
		})
		expect(secret.reveal()).toMatch(/^[A-Za-z0-9]{24}$/)
		expect(await onlyPasswordOf(ada, here)).toEqual(password)
		const { user, event, occasion: told } = here.storage.events[0] ?? {}
		expect([event, user, told]).toEqual(['created', ada, occasion])
	})

	it('#13 is kept as a hash of its secret, which no event and no answer holds', async () => {
		const changes: Change[] = []
		const storage = memoryStorage<User, Grants>({ users: memoryUsers([ada]) })
		const change: typeof storage.change = (wanted, describeIt) => {
			changes.push(wanted)
			return storage.change(wanted, describeIt)
		}
		const here = start({ storage: { ...storage, change } })
		const { secret, password } = await here.issue()
		const hash = hashSecret(secret.reveal())
		expect(changes).toMatchObject([{ kind: 'create', hash }])
		const shown = inspect([changes, storage.events, password, secret, here.appPasswords], {
			depth: 20,
			showHidden: true,
		})
		expect(shown).not.toContain(secret.reveal())
		expect(JSON.stringify([changes, storage.events, { secret }])).not.toContain(secret.reveal())
		expect(inspect([storage.events, password], { depth: 20 })).not.toContain(hash)
	})

	it('#2 #3 may have any name, also one that is there already', async () => {
		const here = start()
		for (const name of ['App 1', 'Some Test', 'Baz', 'App 1']) await here.issue(ada, { name })
		const names = (await here.appPasswords.list(ada)).map(({ name }) => name)
		expect(names).toEqual(['App 1', 'Some Test', 'Baz', 'App 1'])
	})

	it.each([
		['#4 #5 an empty name', { name: '', appId }],
		['#6 three spaces', { name: '   ' }],
		['#7 a script and nothing else', { name: '<script>alert(1)</script>' }],
		['#21 invalid UTF-16', { name: 'a\uD800' }],
		['nothing but what cannot be seen', { name: '\u200B\u202E\u0000' }],
	])('%s is no name', async (_what, wanted) => {
		expect(await creating()(wanted)).toBe('400 application_password_empty_name')
	})

	it('#21 has its name cleaned', async () => {
		const here = start()
		for (const name of ['  a  b ', '<i>x</i>y', '5 < 6', '%41bc']) await here.issue(ada, { name })
		const names = (await here.appPasswords.list(ada)).map(({ name }) => name)
		expect(names).toEqual(['a b', 'xy', '5 &lt; 6', 'bc'])
	})

	it('#22 may be called 0, has no name over 200 characters, and none with what cannot be seen', async () => {
		const here = start()
		const create = creating(here)
		expect(await create({ name: '0' })).toBe('ok')
		expect(await create({ name: '📱'.repeat(200) })).toBe('ok')
		expect(await create({ name: 'a'.repeat(201) })).toBe('400 application_password_name_too_long')
		expect(await create({ name: ' '.repeat(1_000_000) })).toBe('400 application_password_name_too_long')
		const { password } = await here.issue(ada, { name: 'a\u202Eb\u200Bc\u0000d' })
		expect(password.name).toBe('abcd')
	})

	it.each(['x', appId.toUpperCase(), `{${appId}}`, `urn:uuid:${appId}`, `${appId}\n`])(
		'#20 has no application id like %j',
		async (wrong) => expect(await creating()({ appId: wrong })).toBe('400 application_password_invalid_app_id'),
	)

	it.each([
		['expires', { expires: new Date('2026-11-21T12:00:00Z') }],
		['expires', { expires: new Date(Number.NaN) }],
		['addresses', { addresses: ['192.0.2.0/24', 'example.com'] }],
		['addresses', { addresses: Array<string>(101).fill('192.0.2.1') }],
		['requestsPerMinute', { requestsPerMinute: 0 }],
		['requestsPerMinute', { requestsPerMinute: 1.5 }],
		['requestsPerMinute', { requestsPerMinute: Number.NaN }],
	])('names the condition that cannot be: %s', async (name, wanted) => {
		const here = start()
		const made = await here.appPasswords.create(ada, { name: 'App', grants: grants[0], ...wanted }, occasion)
		expect(made).toMatchObject({
			ok: false,
			error: { status: 400, code: 'rest_invalid_param', params: { [name]: {} } },
		})
		expect(await here.appPasswords.list(ada)).toEqual([])
	})

	it('keeps its conditions', async () => {
		const here = start()
		const wanted = { expires: new Date('2026-12-01T00:00:00Z'), addresses: ['2001:db8::/32'], requestsPerMinute: 5 }
		expect((await here.issue(ada, wanted)).password).toMatchObject(wanted)
	})
})

it('#8 knows whether a name is there, in any letter case', async () => {
	const here = start()
	for (const name of ['App 1', 'Some Test', 'Baz']) await here.issue(ada, { name })
	const found = ['app 1', 'SOME TEST', 'baz', 'App 1'].map((name) => here.appPasswords.nameExists(ada, name))
	const absent = ['test1', 'baz-not-created'].map((name) => here.appPasswords.nameExists(ada, name))
	expect(await Promise.all([...found, ...absent])).toEqual([true, true, true, true, false, false])
	expect(await here.appPasswords.nameExists(bob, 'Baz')).toBe(false)
})

describe('a change', () => {
	it('#9 #10 #11 moves what is in it and nothing else, and tells what it was before', async () => {
		const here = start()
		const { password, secret } = await here.issue(ada, { name: 'Old', appId })
		const update = async (changes: object) =>
			valueOf(await here.appPasswords.update(ada, password.uuid, changes, occasion))
		expect(await update({})).toEqual(password)
		expect(await update({ name: 'Old' })).toEqual(password)
		expect(await update({ name: ' New  name' })).toEqual({ ...password, name: 'New name' })
		expect(await here.verdict('ada', secret)).toBe('ok')
		expect(here.eventsOf('updated')).toHaveLength(3)
		expect(here.eventsOf('updated')[2]).toMatchObject({ before: { name: 'Old' }, password: { name: 'New name' } })
	})

	it('#12 of an unknown one, of none, or of somebody else’s is refused, and told to nobody', async () => {
		const here = start()
		const { password } = await here.issue(bob)
		for (const uuid of ['', 'all', 'no-such', password.uuid]) {
			const code = await codeOf(here.appPasswords.update(ada, uuid, { name: 'x' }, occasion))
			expect(code).toBe('404 application_password_not_found')
		}
		expect(await onlyPasswordOf(bob, here)).toEqual(password)
		expect(here.eventsOf('updated')).toEqual([])
	})

	it('cannot take the name away, nor write a time that is none', async () => {
		const here = start()
		const { uuid } = (await here.issue()).password
		const update = (changes: object) => codeOf(here.appPasswords.update(ada, uuid, changes, occasion))
		expect(await update({ name: '<b></b>' })).toBe('400 application_password_empty_name')
		expect(await update({ name: 'a'.repeat(201) })).toBe('400 application_password_name_too_long')
		expect(await update({ expires: new Date(Number.NaN) })).toBe('400 rest_invalid_param')
	})

	it('of the expiry ends it when it says', async () => {
		const here = start()
		const { password, secret } = await here.issue()
		await here.appPasswords.update(ada, password.uuid, { expires: here.clock.now() }, occasion)
		expect(await here.verdict('ada', secret)).toBe('401 application_password_expired')
	})
})

describe('revoking', () => {
	it('#24 one leaves the others in order, and gives it as it was', async () => {
		const here = start()
		const [a, b, c] = [await here.issue(), await here.issue(), await here.issue()]
		expect(valueOf(await here.appPasswords.revoke(ada, b.password.uuid, occasion))).toEqual(b.password)
		expect(await here.appPasswords.list(ada)).toEqual([a.password, c.password])
		const again = codeOf(here.appPasswords.revoke(ada, b.password.uuid, occasion))
		expect(await again).toBe('404 application_password_not_found')
		expect(here.eventsOf('deleted')).toMatchObject([{ password: b.password, user: ada, occasion }])
	})

	it('one is never all, whatever stands in the address', async () => {
		const here = start()
		await here.issue()
		expect(await codeOf(here.appPasswords.revoke(ada, 'all', occasion))).toBe('404 application_password_not_found')
		await onlyPasswordOf(ada, here)
	})

	it('all ends those of one owner, with one event each', async () => {
		const here = start()
		const [a, b, other] = [await here.issue(), await here.issue(), await here.issue(bob)]
		expect(await here.appPasswords.revokeAll(ada, occasion)).toEqual([a.password, b.password])
		expect(await here.appPasswords.revokeAll(ada, occasion)).toEqual([])
		expect(here.eventsOf('deleted').map(({ password }) => password)).toEqual([a.password, b.password])
		expect(await here.verdict('ada', a.secret)).toBe('401 incorrect_password')
		expect(await here.verdict('bob', other.secret)).toBe('ok')
	})
})

describe('replacing', () => {
	const phone = {
		name: 'Phone',
		appId,
		expires: new Date('2026-12-21T00:00:00Z'),
		addresses: ['192.0.2.0/24'],
		requestsPerMinute: 60,
		grants: grants[1],
	}

	it('makes another with the same name, id, conditions and grants, and ends the old one now', async () => {
		const here = start()
		const old = await here.issue(ada, phone)
		const made = valueOf(await here.appPasswords.replace(ada, old.password.uuid, 0, occasion))
		expect(made.password).toMatchObject(phone)
		expect(made.password.uuid).not.toBe(old.password.uuid)
		expect(await here.verdict('ada', old.secret)).toBe('401 incorrect_password')
		expect(await here.verdict('ada', made.secret)).toBe('ok')
		expect(here.storage.events.slice(1, 3).map(({ event }) => event)).toEqual(['created', 'deleted'])
	})

	it('or lets the old one live for a while, a week at the most, and never longer than it would have', async () => {
		const here = start()
		const [endless, short] = [await here.issue(), await here.issue(ada, { expires: new Date('2026-11-22T00:00:00Z') })]
		await here.appPasswords.replace(ada, endless.password.uuid, 30 * daySeconds * 1_000, occasion)
		await here.appPasswords.replace(ada, short.password.uuid, 30 * daySeconds * 1_000, occasion)
		const expires = (await here.appPasswords.list(ada)).map((password) => password.expires?.toISOString())
		expect(expires).toEqual([
			'2026-11-28T12:00:00.000Z',
			'2026-11-22T00:00:00.000Z',
			undefined,
			'2026-11-22T00:00:00.000Z',
		])
		here.clock.pass(7 * daySeconds - 1)
		expect(await here.verdict('ada', endless.secret)).toBe('ok')
		here.clock.pass(1)
		expect(await here.verdict('ada', endless.secret)).toBe('401 application_password_expired')
	})

	it('brings back none that has expired, is unknown, or is somebody else’s', async () => {
		const here = start()
		const [theirs, ended] = [
			await here.issue(bob),
			await here.issue(ada, { expires: new Date('2026-11-21T12:01:00Z') }),
		]
		here.clock.pass(60)
		const replace = (uuid: string) => codeOf(here.appPasswords.replace(ada, uuid, 0, occasion))
		expect(await replace(ended.password.uuid)).toBe('409 application_password_expired')
		expect(await replace(theirs.password.uuid)).toBe('404 application_password_not_found')
		expect(await replace('')).toBe('404 application_password_not_found')
		await onlyPasswordOf(ada, here)
	})

	it.each([0, 60_000])(
		'leaves no new one when the old one was revoked meanwhile (overlap %i ms)',
		async (overlapMs) => {
			const here = start()
			const { password } = await here.issue()
			const { change } = here.storage
			here.storage.change = (wanted, describeIt) => {
				const made = change(wanted, describeIt)
				if (wanted.kind === 'create') {
					void change({ kind: 'delete', owner: ada, uuid: password.uuid }, () => [])
				}
				return made
			}
			const replaced = here.appPasswords.replace(ada, password.uuid, overlapMs, occasion)
			expect(await codeOf(replaced)).toBe('404 application_password_not_found')
			expect(await here.appPasswords.list(ada)).toEqual([])
		},
	)
})

it('#30 loses nothing when 50 are made, used and revoked at once', async () => {
	const here = start()
	const many = Array.from({ length: 50 }, (_, index) => index)
	const made = await Promise.all(many.map((index) => here.issue(ada, { name: `App ${index}` })))
	const verdicts = await Promise.all(
		made.map(async ({ password, secret }, index) => {
			const first = await here.verdict('ada', secret, { ip: `10.0.0.${index}` })
			if (index % 2 === 0) await here.appPasswords.revoke(ada, password.uuid, occasion)
			return [first, await here.verdict('ada', secret, { ip: `10.0.1.${index}` })]
		}),
	)
	const expected = many.map((index) => [
		'ok',
		index % 2 !== 0 ? 'ok' : index < 20 ? '401 incorrect_password' : '429 too_many_attempts',
	])
	expect(verdicts).toEqual(expected)
	const names = (await here.appPasswords.list(ada)).map(({ name }) => name)
	expect(names).toEqual(many.filter((index) => index % 2 !== 0).map((index) => `App ${index}`))
})
