import { inspect } from 'node:util'
import { Secret } from '@postern/vocabulary'
import { chunkPassword } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import type { Hooks } from './types.ts'
import { ada, bob } from './people.testing.ts'
import { home, occasion, onlyPasswordOf, start } from './start.testing.ts'

const elsewhere = '198.51.100.9'
const disabled: Hooks = { wp_is_application_passwords_available: () => false }

describe('who it is', () => {
	it('#49 #53 #50 #56 is found by login name or e-mail address in any letter case, and the password told is the one used', async () => {
		const here = start()
		const { secret, password } = await here.issue()
		for (const name of ['ada', 'ADA', 'ada@example.com', 'Ada@Example.COM']) {
			const outcome = await here.logIn(name, secret)
			expect(outcome).toMatchObject({ ok: true, value: { user: ada, password: { uuid: password.uuid } } })
		}
	})

	it('#51 #52 PWD-014 is let in however the secret is separated', async () => {
		const here = start()
		const text = (await here.issue()).secret.reveal()
		const dashed = chunkPassword(text).replaceAll(' ', '-')
		for (const form of [
			text,
			chunkPassword(text),
			dashed,
			`!${text.slice(0, 5)}*&—${text.slice(5)}\u00A0`,
			` ${text}\n`,
		]) {
			expect(await here.verdict('ada', form)).toBe('ok')
		}
	})

	it('#54 PWD-018 is not let in by other letters: another case, a full-width form, one more or one less', async () => {
		const here = start()
		const text = (await here.issue()).secret.reveal()
		const swapped = text.replace(/[a-zA-Z]/g, (letter) =>
			letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
		)
		const wide = String.fromCharCode(text.charCodeAt(0) + 0xfee0) + text.slice(1)
		for (const form of [swapped, wide, text.slice(1), `${text}x`, text + text]) {
			expect(await here.verdict('ada', form)).toBe('401 incorrect_password')
		}
	})

	it('is who has the name as a login, also where it is the e-mail address of somebody else', async () => {
		const confusing = { ...ada, login: bob.email }
		const here = start({ people: [confusing, bob] })
		const [mine, theirs] = [await here.issue(confusing), await here.issue(bob)]
		expect(await here.logIn(bob.email, mine.secret)).toMatchObject({ value: { user: { id: ada.id } } })
		expect(await here.verdict(bob.email, theirs.secret)).toBe('401 incorrect_password')
		expect(await here.verdict('bob', theirs.secret)).toBe('ok')
	})

	it('PWD-021 is not let in by a right secret under another name, and learns nothing of whose it is', async () => {
		const here = start()
		const { secret } = await here.issue(ada)
		await here.issue(bob)
		expect(await here.verdict('bob', secret)).toBe('401 incorrect_password')
		expect(await here.verdict('nobody', secret)).toBe('401 invalid_username')
		expect(await here.verdict('nobody@example.com', secret)).toBe('401 invalid_email')
		expect(await onlyPasswordOf(ada, here)).toMatchObject({ lastUsed: null, seen: null })
	})
})

describe('what is wrong', () => {
	it.each([
		['#43 an unknown login', 'nobody', '401 invalid_username'],
		['#44 an unknown e-mail address', 'nobody@example.com', '401 invalid_email'],
		['#59 an empty name', '', '401 invalid_username'],
		['#47 a wrong password', 'ada', '401 incorrect_password'],
		['a name as long as a book', 'a'.repeat(100_000), '401 invalid_username'],
		['an e-mail address as long as a book', `${'a'.repeat(100_000)}@example.com`, '401 invalid_username'],
	])('%s is told by its code', async (_what, name, code) => {
		const here = start()
		await here.issue()
		expect(await here.verdict(name, 'abcd EFGH 1234 ijkl MNOP 6789')).toBe(code)
	})

	it.each(['', '   ', '-- !*&', '\u00A0', '•'.repeat(24)])(
		'#58 a password without a letter or digit is wrong: %j',
		async (password) => {
			const here = start()
			await here.issue()
			expect(await here.verdict('ada', password)).toBe('401 incorrect_password')
		},
	)

	it('#55 #222 the password of the account itself is as wrong as any, and nobody is told to be in', async () => {
		const here = start({ people: [{ ...ada, hasSecondFactor: true }] })
		await here.issue()
		expect(await here.verdict('ada', 'correct horse battery staple')).toBe('401 incorrect_password')
		expect(here.eventsOf('authenticated')).toEqual([])
	})

	it('PWD-015 a megabyte is refused without being hashed, though it ends in the right secret', async () => {
		const here = start()
		const { secret } = await here.issue()
		const before = process.cpuUsage()
		const verdicts = await Promise.all(
			Array.from({ length: 9 }, () => here.verdict('ada', '-'.repeat(1_048_576) + secret.reveal())),
		)
		expect(new Set(verdicts)).toEqual(new Set(['401 incorrect_password']))
		expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000)
		here.clock.pass(60)
		expect(await here.verdict('ada', '-'.repeat(4_096 - 24) + secret.reveal())).toBe('ok')
		expect(await here.verdict('ada', '-'.repeat(4_097 - 24) + secret.reveal())).toBe('401 incorrect_password')
		expect(await here.verdict('ada', '—'.repeat(1_400) + secret.reveal())).toBe('401 incorrect_password')
	})

	it('PWD-020 a revoked password is wrong from the next login on, and the others go on', async () => {
		const here = start()
		const [a, b, c] = [await here.issue(), await here.issue(), await here.issue()]
		expect(await here.verdict('ada', b.secret)).toBe('ok')
		await here.appPasswords.revoke(ada, b.password.uuid, occasion)
		const verdicts = [a, b, c].map(({ secret }) => here.verdict('ada', secret))
		expect(await Promise.all(verdicts)).toEqual(['ok', '401 incorrect_password', 'ok'])
	})

	it('#29 a user who is gone is unknown, and his passwords with him', async () => {
		const here = start()
		const { secret } = await here.issue()
		here.users.remove(ada.id)
		expect(await here.verdict('ada', secret)).toBe('401 invalid_username')
	})
})

describe('what is not judged', () => {
	it('#42 anybody, while nobody ever made a password; #31 and from then on everybody', async () => {
		const here = start()
		expect(await here.verdict('nobody', 'abc')).toBe('unjudged')
		expect(here.storage.events).toEqual([])
		await here.issue()
		await here.appPasswords.revokeAll(ada, occasion)
		expect(await here.verdict('nobody', 'abc')).toBe('401 invalid_username')
	})

	it('#76 REST over plain http in production, right or wrong; in "local" it is', async () => {
		const [production, local] = [start(), start({ environment: 'local' })]
		const [secret, other] = [(await production.issue()).secret, (await local.issue()).secret]
		expect(await production.verdict('ada', secret, { isTls: false })).toBe('unjudged')
		expect(await production.verdict('nobody', secret, { isTls: false, surface: 'rest' })).toBe('unjudged')
		expect(production.eventsOf('failed', 'authenticated')).toEqual([])
		expect(await local.verdict('ada', other, { isTls: false })).toBe('ok')
	})

	it('#45 #211 XML-RPC is refused where they are not available, right or wrong', async () => {
		const [off, plain] = [start({ hooks: disabled }), start()]
		const surface = 'xml-rpc'
		const { secret } = await plain.issue()
		await off.issue()
		expect(await off.verdict('ada', 'abc', { surface })).toBe('401 application_passwords_disabled')
		expect(await plain.verdict('ada', secret, { surface, isTls: false })).toBe('401 application_passwords_disabled')
		expect(await plain.verdict('ada', secret, { surface })).toBe('ok')
		expect(plain.eventsOf('failed')).toMatchObject([{ code: 'application_passwords_disabled', user: null }])
	})
})

describe('the hooks', () => {
	it('#46 may switch them off for somebody, whether the password is right or wrong', async () => {
		const here = start({ hooks: { wp_is_application_passwords_available_for_user: (_on, { id }) => id !== ada.id } })
		const { secret } = await here.issue()
		for (const password of [secret, 'wrong']) {
			expect(await here.verdict('ada', password)).toBe('401 application_passwords_disabled_for_user')
		}
		expect(await here.verdict('bob', (await here.issue(bob)).secret)).toBe('ok')
	})

	it.each([
		['at once', false],
		['later', true],
	])('#48 may refuse after a match (%s), and the use is not recorded', async (_when, isLater) => {
		const error = { code: 'my_code', status: 401, message: 'No.' }
		const asked: unknown[] = []
		const here = start({
			hooks: {
				wp_authenticate_application_password_errors: (held, login) => {
					asked.push([held.password.name, login.userId])
					return isLater ? Promise.resolve(error) : error
				},
			},
		})
		const { secret } = await here.issue()
		expect(await here.verdict('ada', 'wrong')).toBe('401 incorrect_password')
		expect(asked).toEqual([])
		expect(await here.verdict('ada', secret)).toBe('401 my_code')
		expect(asked).toEqual([['App 1', 'ada']])
		expect(await onlyPasswordOf(ada, here)).toMatchObject({ lastUsed: null, seen: null })
	})
})

describe('the events', () => {
	it('#68 are one for each failure, with its code and who it was about', async () => {
		const people = [ada, bob, { ...ada, id: 3, login: 'cy', email: 'cy@example.com' }]
		const here = start({
			people,
			hooks: {
				wp_is_application_passwords_available_for_user: (_on, { id }) => id !== bob.id,
				wp_authenticate_application_password_errors: ({ user }) =>
					user.id === 3 ? { code: 'my_code', status: 401, message: 'No.' } : undefined,
			},
		})
		await here.issue()
		const third = await here.issue(people[2])
		await here.logIn('nobody', 'x')
		await here.logIn('nobody@example.com', 'x')
		await here.logIn('bob', 'x')
		await here.logIn('ada', 'x')
		await here.logIn('cy', third.secret)
		const told = here.eventsOf('failed', 'authenticated').map(({ code, user, password }) => [code, user?.id, password])
		expect(told).toEqual([
			['invalid_username', undefined, null],
			['invalid_email', undefined, null],
			['application_passwords_disabled_for_user', bob.id, null],
			['incorrect_password', ada.id, null],
			['my_code', 3, null],
		])
		expect(here.eventsOf('failed').at(-1)?.occasion.withPassword).toBe(third.password.uuid)
	})

	it('#68 #69 are one for a success, with user and record as they were before it', async () => {
		const here = start()
		const { secret, password } = await here.issue()
		await here.logIn('ada', secret)
		expect(here.eventsOf('failed', 'authenticated')).toEqual([
			{
				event: 'authenticated',
				at: here.clock.now(),
				user: ada,
				password,
				occasion: { by: ada, withPassword: password.uuid, ip: home, requestId: 'req_2' },
			},
		])
	})

	it('never hold what was typed, nor does the answer', async () => {
		const here = start()
		const { secret } = await here.issue()
		const typed = 'hunter2hunter2'
		const outcomes = [await here.logIn(typed, typed), await here.logIn('ada', typed), await here.logIn('ada', secret)]
		const all =
			inspect([outcomes, here.storage.events], { depth: 20 }) + JSON.stringify([outcomes, here.storage.events])
		expect(all).not.toContain(typed)
		expect(all).not.toContain(secret.reveal())
	})
})

describe('a flood of failures that nobody counts', () => {
	const surface = 'xml-rpc'
	const floods: readonly (readonly [string, (here: ReturnType<typeof start>, ip: string) => Promise<unknown>])[] = [
		['XML-RPC over plain http', (here, ip) => here.verdict('ada', 'x', { ip, surface, isTls: false })],
		['a password that has expired', async (here, ip) => here.verdict('ada', (await expired(here)).secret, { ip })],
	]
	const kept = new WeakMap<object, ReturnType<ReturnType<typeof start>['issue']>>()
	const expired = (here: ReturnType<typeof start>) => {
		const expires = new Date(here.clock.now().getTime() + 1)
		const issued = kept.get(here) ?? here.issue(ada, { expires })
		if (!kept.has(here)) here.clock.pass(1)
		kept.set(here, issued)
		return issued
	}

	it.each(floods)('#68 makes sixty events a minute of one address, and no more: %s', async (_what, flood) => {
		const here = start()
		await here.issue()
		await flood(here, home)
		for (let index = 0; index < 99; index += 1) await flood(here, index % 2 === 0 ? '2001:db8::1' : '2001:db8::2')
		for (let index = 0; index < 99; index += 1) await flood(here, home)
		expect(here.eventsOf('failed').filter(({ occasion: { ip } }) => ip === home)).toHaveLength(60)
		expect(here.eventsOf('failed')).toHaveLength(120)
		here.clock.pass(60)
		await flood(here, home)
		expect(here.eventsOf('failed')).toHaveLength(121)
	})

	it('hides no other failure of the same address', async () => {
		const here = start()
		await here.issue()
		for (let index = 0; index < 70; index += 1) await here.verdict('ada', 'x', { surface, isTls: false })
		await here.verdict('ada', 'x')
		expect(here.eventsOf('failed').at(-1)?.code).toBe('incorrect_password')
	})
})

describe('the cost', () => {
	it('#80 is the same look-ups for an unknown account, a wrong password, and somebody else’s right one', async () => {
		const asked: string[] = []
		const here = start()
		const { secret } = await here.issue(bob)
		const { findByHash, hasImported } = here.storage
		const storage = {
			...here.storage,
			findByHash(hash: string) {
				asked.push(`hash ${hash.slice(0, 9)}`)
				return findByHash(hash)
			},
			hasImported() {
				asked.push('imported')
				return hasImported()
			},
		}
		const users = {
			...here.users,
			findByLogin(name: string) {
				asked.push('name')
				return here.users.findByLogin(name)
			},
		}
		const counted = start({ storage, users })
		const paths = []
		for (const [name, password] of [
			['nobody', 'wrong'],
			['ada', 'wrong'],
			['nobody@example.com', 'wrong'],
			['ada', secret],
		] as const) {
			asked.length = 0
			await counted.logIn(name, password)
			paths.push(asked.join(', '))
		}
		expect(new Set(paths)).toEqual(new Set(['hash sha256v1:, hash $generic$, hash sha256v1:, name, imported']))
	})

	it('waits for nothing when the storage does not', async () => {
		const here = start()
		const { secret } = await here.issue()
		await here.logIn('ada', secret)
		expect(here.logIn('ada', secret)).not.toBeInstanceOf(Promise)
		expect(here.logIn('ada', new Secret('wrong'))).not.toBeInstanceOf(Promise)
	})
})

describe('the conditions of a password', () => {
	it('#236 end it at the very instant it expires', async () => {
		const here = start()
		const expires = new Date(here.clock.now().getTime() + 60_000)
		const { secret } = await here.issue(ada, { expires })
		here.clock.pass(59.999)
		expect(await here.verdict('ada', secret)).toBe('ok')
		here.clock.pass(0.001)
		expect(await here.verdict('ada', secret)).toBe('401 application_password_expired')
		expect(here.eventsOf('failed')).toMatchObject([{ code: 'application_password_expired', user: { id: ada.id } }])
	})

	it('let it be used from its addresses alone, also when they arrive in another form', async () => {
		const here = start()
		const { secret } = await here.issue(ada, { addresses: ['192.0.2.0/24'] })
		expect(await here.verdict('ada', secret, { ip: '::ffff:192.0.2.77' })).toBe('ok')
		expect(await here.verdict('ada', secret, { ip: elsewhere })).toBe('401 application_password_address')
		expect((await onlyPasswordOf(ada, here)).seen?.ip).toBe('192.0.2.77')
	})

	it('let it be used so often a minute, and say when again', async () => {
		const here = start()
		const { secret } = await here.issue(ada, { requestsPerMinute: 2 })
		expect(await here.verdict('ada', secret)).toBe('ok')
		here.clock.pass(20)
		expect(await here.verdict('ada', secret, { ip: elsewhere })).toBe('ok')
		const third = await here.logIn('ada', secret)
		expect(third).toMatchObject({ error: { status: 429, code: 'application_password_rate', retryAfterSeconds: 40 } })
		here.clock.pass(40)
		expect(await here.verdict('ada', secret)).toBe('ok')
	})

	it('are not told to whoever does not know the secret', async () => {
		const here = start()
		await here.issue(ada, { addresses: ['192.0.2.0/24'], requestsPerMinute: 1 })
		expect(await here.verdict('ada', 'wrong', { ip: elsewhere })).toBe('401 incorrect_password')
	})
})

describe('a second factor', () => {
	const guarded = { ...bob, hasSecondFactor: true }

	it('#221 is not asked about for somebody without one, and #224 stops nobody unless the hook says so', async () => {
		const asked: string[] = []
		const here = start({
			people: [ada, guarded],
			hooks: {
				two_factor_user_api_login_enable(isEnabled, { login }) {
					asked.push(login)
					return isEnabled
				},
			},
		})
		const [mine, theirs] = [await here.issue(ada), await here.issue(guarded)]
		for (const surface of ['rest', 'xml-rpc'] as const) {
			expect(await here.verdict('ada', mine.secret, { surface })).toBe('ok')
			expect(await here.verdict('bob', theirs.secret, { surface })).toBe('ok')
		}
		expect(asked).toEqual(['bob', 'bob'])
		expect(start({ people: [guarded] }).appPasswords.isAvailableFor(guarded)).toBe(true)
	})

	it('#223 is decided for each account apart; refused is refused on REST too', async () => {
		const other = { ...guarded, id: 3, login: 'cy', email: 'cy@example.com' }
		const here = start({
			people: [ada, guarded, other],
			hooks: { two_factor_user_api_login_enable: (_isEnabled, { login }) => login === 'cy' },
		})
		const [refusedOne, allowedOne] = [await here.issue(guarded), await here.issue(other)]
		for (const surface of ['rest', 'xml-rpc'] as const) {
			const verdict = await here.verdict('bob', refusedOne.secret, { surface })
			expect(verdict).toBe('401 invalid_application_credentials')
		}
		expect(await here.verdict('cy', allowedOne.secret)).toBe('ok')
		expect(await here.verdict('ada', (await here.issue(ada)).secret)).toBe('ok')
		expect((await onlyPasswordOf(guarded, here)).seen).toBeNull()
	})

	it('switched on for the API never lets in the password of the account', async () => {
		const here = start({ people: [guarded], hooks: { two_factor_user_api_login_enable: () => true } })
		await here.issue(guarded)
		expect(await here.verdict('bob', 'correct horse battery staple')).toBe('401 incorrect_password')
	})
})

describe('ten failures in a minute', () => {
	const fail = (
		here: ReturnType<typeof start>,
		count: number,
		name = 'ada',
		ip = (index: number) => `10.0.0.${index}`,
	) => Promise.all(Array.from({ length: count }, (_, index) => here.verdict(name, `wrong${index}`, { ip: ip(index) })))
	const once = (ip: string) => () => ip

	it('#81 from one address refuse all of it, also what is right, and say for how long', async () => {
		const here = start()
		const { secret } = await here.issue()
		expect(new Set(await fail(here, 10, 'nobody', once(home)))).toEqual(new Set(['401 invalid_username']))
		here.clock.pass(20)
		expect(await here.logIn('ada', secret)).toMatchObject({
			error: { status: 429, code: 'too_many_attempts', retryAfterSeconds: 40 },
		})
		expect(await here.verdict('ada', secret, { ip: elsewhere })).toBe('ok')
		here.clock.pass(40)
		expect(await here.verdict('ada', secret)).toBe('ok')
	})

	it('#81 for one account turn its failures into 429 everywhere, and let what is right in', async () => {
		const here = start()
		const { secret } = await here.issue()
		expect(new Set(await fail(here, 10, 'Ada'))).toEqual(new Set(['401 incorrect_password']))
		expect(await here.logIn('ada', 'wrong', { ip: elsewhere })).toMatchObject({
			error: { status: 429, code: 'too_many_attempts', retryAfterSeconds: 60 },
		})
		expect(await here.verdict('ada', secret, { ip: '203.0.113.1' })).toBe('ok')
		expect(await here.verdict('bob', 'wrong', { ip: '203.0.113.1' })).toBe('401 incorrect_password')
		here.clock.pass(60)
		expect(await here.verdict('ada', 'wrong', { ip: elsewhere })).toBe('401 incorrect_password')
	})

	it('#81 for one account are ten, by its login name and its e-mail address together', async () => {
		const here = start()
		await here.issue()
		await fail(here, 5, 'ada')
		expect(new Set(await fail(here, 5, 'Ada@example.com'))).toEqual(new Set(['401 incorrect_password']))
		for (const name of ['ada', 'ada@example.com']) {
			expect(await here.verdict(name, 'wrong', { ip: elsewhere })).toBe('429 too_many_attempts')
		}
	})

	it('for a name that nobody has look the same', async () => {
		const here = start()
		await here.issue()
		await fail(here, 10, 'nobody')
		expect(await here.verdict('nobody', 'wrong', { ip: elsewhere })).toBe('429 too_many_attempts')
	})

	it('count a /64 as one address', async () => {
		const here = start()
		await here.issue()
		await fail(here, 10, 'nobody', (index) => `2001:db8:1:2::${index + 1}`)
		expect(await here.verdict('ada', 'wrong', { ip: '2001:db8:1:2:ffff::' })).toBe('429 too_many_attempts')
		expect(await here.verdict('ada', 'wrong', { ip: '2001:db8:1:3::1' })).toBe('401 incorrect_password')
	})

	it('are not forgiven by a success', async () => {
		const here = start()
		const { secret } = await here.issue()
		for (let round = 0; round < 10; round += 1) {
			expect(await here.verdict('ada', secret)).toBe('ok')
			expect(await here.verdict('nobody', 'wrong')).toBe('401 invalid_username')
		}
		expect(await here.verdict('ada', secret)).toBe('429 too_many_attempts')
	})

	it('PWD-014 count every spelling of one wrong password', async () => {
		const here = start()
		await here.issue()
		const separators = [' ', '-', '', '.', '_', '  ', '\u00A0', '+', ':', '/']
		for (const separator of separators) await here.logIn('ada', ['abcd', 'EFGH', '1234'].join(separator))
		expect(await here.verdict('ada', 'abcdEFGH1234')).toBe('429 too_many_attempts')
	})

	it('pass one by one: a minute after the first failure, not after the last', async () => {
		const here = start()
		await here.issue()
		for (let index = 0; index < 10; index += 1) {
			await here.logIn('nobody', 'wrong')
			here.clock.pass(5)
		}
		expect(await here.verdict('ada', 'wrong')).toBe('429 too_many_attempts')
		here.clock.pass(10)
		expect(await here.verdict('ada', 'wrong')).toBe('401 incorrect_password')
		expect(await here.verdict('ada', 'wrong')).toBe('429 too_many_attempts')
	})

	it('are told once, however long the address goes on', async () => {
		const here = start()
		await here.issue()
		await fail(here, 60, 'nobody', once(home))
		const codes = here.eventsOf('failed').map(({ code }) => code)
		expect(codes).toEqual([...Array<string>(10).fill('invalid_username'), 'too_many_attempts'])
	})

	it('are not what an expired password makes: its secret is no guess', async () => {
		const here = start()
		const { secret } = await here.issue(ada, { addresses: ['203.0.113.0/24'] })
		for (let index = 0; index < 20; index += 1) {
			expect(await here.verdict('ada', secret)).toBe('401 application_password_address')
		}
	})
})

it('is refused with the storage’s error when the storage cannot say, and let in by nobody', async () => {
	const here = start()
	const { secret } = await here.issue()
	const broken = start({
		storage: {
			...here.storage,
			findByHash: () => Promise.reject(new Error('The database is gone.')),
		},
	})
	await expect(async () => broken.logIn('ada', secret)).rejects.toThrow('gone')
})
