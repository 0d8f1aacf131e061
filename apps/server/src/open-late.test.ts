import { expect, test } from 'vitest'
import { openLate } from './open-late.ts'

test('opens once, for however many ask at the same time', async () => {
	let opened = 0
	const late = openLate(async () => (opened += 1))
	expect(await Promise.all([late.get(), late.get(), late.get()])).toEqual([1, 1, 1])
})

test('tries again after a failure, and then has nothing to close', async () => {
	let isBroken = true
	const late = openLate(async () => (isBroken ? Promise.reject(new Error('broken')) : 'open'))
	await expect(late.get()).rejects.toThrow('broken')
	expect(await late.opened()).toBeUndefined()
	isBroken = false
	expect(await late.get()).toBe('open')
	expect(await late.opened()).toBe('open')
})

test('does not open anything in order to close it', async () => {
	const late = openLate(() => Promise.reject(new Error('must not be opened')))
	expect(await late.opened()).toBeUndefined()
})
