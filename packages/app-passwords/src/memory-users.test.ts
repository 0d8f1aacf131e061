import { expect, it } from 'vitest'
import { memoryUsers } from './memory-users.ts'
import { ada, bob } from './people.testing.ts'
import { start } from './start.testing.ts'

it('#59 finds nobody without a name, also where somebody has no e-mail address', async () => {
	const machine = { ...bob, email: '' }
	expect(memoryUsers([ada, machine]).findByLogin('')).toBeUndefined()
	const { issue, verdict } = start({ people: [ada, machine] })
	await issue(machine)
	expect(await verdict('', 'wrong')).toBe('401 invalid_username')
})

it('refuses two people of one login name, in any letter case, and keeps the one who has it', () => {
	const users = memoryUsers([ada, bob])
	expect(() => users.put({ ...bob, login: 'ADA' })).toThrow('login name')
	expect(users.findByLogin('ada')).toEqual(ada)
	expect(users.byId(bob.id)).toEqual(bob)
	expect(() => memoryUsers([ada, { ...bob, login: 'Ada' }])).toThrow('login name')
	users.put({ ...ada, login: 'Ada' })
	expect(users.findByLogin('ada')).toMatchObject({ login: 'Ada' })
	users.remove(ada.id)
	users.put({ ...bob, login: 'ada' })
	expect(users.findByLogin('ada')).toMatchObject({ id: bob.id })
})
