import { expect, it } from 'vitest'
import { start } from './start.testing.ts'
import { ada, bob } from './people.testing.ts'

it('#32 #33 #34 is supported over TLS, and over plain http in the environment "local" alone', () => {
	const [production, local] = [start(), start({ environment: 'local' })].map(({ appPasswords }) => appPasswords)
	expect([true, false].map((isTls) => production?.isAvailable({ isTls }))).toEqual([true, false])
	expect([true, false].map((isTls) => local?.isAvailable({ isTls }))).toEqual([true, true])
})

it('#35 is what is supported, unless the hook says otherwise', () => {
	const asked: boolean[] = []
	const forced = (answer: boolean) =>
		start({
			hooks: {
				wp_is_application_passwords_available(isSupported) {
					asked.push(isSupported)
					return answer
				},
			},
		}).appPasswords
	expect(forced(true).isAvailable({ isTls: false })).toBe(true)
	expect(forced(false).isAvailable({ isTls: true })).toBe(false)
	expect(asked).toEqual([false, true])
})

it('#39 may depend on who it is', async () => {
	const here = start({
		hooks: {
			wp_is_application_passwords_available_for_user: (isAvailable, { role }) => isAvailable && role !== 'subscriber',
		},
	})
	expect([ada, bob].map(here.appPasswords.isAvailableFor)).toEqual([true, false])
	const { secret } = await here.issue(bob)
	expect(await here.verdict('bob', secret)).toBe('401 application_passwords_disabled_for_user')
})
