import { once } from 'node:events'
import { expect, it } from 'vitest'
import { ada } from './people.testing.ts'
import { start } from './start.testing.ts'

it.each([
	[
		'at once',
		() => {
			throw new Error('The log is full.')
		},
	],
	['later', () => Promise.reject(new Error('The log is full.'))],
])('lets a login be answered when neither its use nor that trouble can be kept (%s)', async (_when, onTrouble) => {
	const { storage, users, issue } = start()
	const { secret } = await issue()
	const change = () => Promise.reject(new Error('The disk is full.'))
	const here = start({ storage: { ...storage, change }, users, onTrouble })
	const warned = once(process, 'warning')
	expect(await here.verdict(ada.login, secret)).toBe('ok')
	expect(String(await warned)).toContain('The log is full.')
})
