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
