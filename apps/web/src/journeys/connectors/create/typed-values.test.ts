import { describe, expect, it } from 'vitest'
import { withKey, withUsername } from './fields.testing.ts'
import { dropTypedValues, keepTypedValues, readTypedValues, typedValuesKey } from './typed-values.ts'

function memoryStore() {
	const items = new Map<string, string>()
	return {
		items,
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, value: string) => void items.set(key, value),
		removeItem: (key: string) => void items.delete(key),
	}
}

const key = typedValuesKey('acc_1', 'wsp_1', 'blogs')
const fields = [...withUsername]
const nothingTyped = { address: '', username: '' }

describe('values kept for this tab', () => {
	it('come back after a reload', () => {
		const store = memoryStore()
		keepTypedValues(store, key, fields, { address: 'blog.example', username: 'ada' })
		expect(readTypedValues(store, key, fields)).toEqual({ address: 'blog.example', username: 'ada' })
	})

	it('never include a secret, whatever its field is called', () => {
		const store = memoryStore()
		keepTypedValues(store, key, [...withKey], { address: 'a', key: 'abcd' })
		expect([...store.items.values()].join('')).not.toContain('abcd')
	})

	it('never include the application password, even if it is handed in', () => {
		const store = memoryStore()
		const typed = { address: 'a', username: 'b', applicationPassword: 'abcd EFGH 1234 ijkl MNOP 6789' }
		keepTypedValues(store, key, fields, typed)
		expect([...store.items.values()].join('')).not.toContain('abcd')
	})

	it('are another set for another person or workspace', () => {
		const store = memoryStore()
		keepTypedValues(store, key, fields, { address: 'blog.example', username: 'ada' })
		expect(readTypedValues(store, typedValuesKey('acc_2', 'wsp_1', 'blogs'), fields)).toEqual(nothingTyped)
		expect(readTypedValues(store, typedValuesKey('acc_1', 'wsp_2', 'blogs'), fields)).toEqual(nothingTyped)
	})

	it.each(['', 'not json', 'null', '7', '[]', '{"address":7}', '{"__proto__":{"address":"x"}}'])(
		'are empty when the storage holds %j',
		(text) => {
			const store = memoryStore()
			store.items.set(key, text)
			expect(readTypedValues(store, key, fields)).toEqual(nothingTyped)
		},
	)

	it('leave nothing behind when emptied or dropped', () => {
		const store = memoryStore()
		keepTypedValues(store, key, fields, { address: 'x', username: '' })
		keepTypedValues(store, key, fields, nothingTyped)
		expect(store.items.size).toBe(0)
		keepTypedValues(store, key, fields, { address: 'x', username: '' })
		dropTypedValues(store, key)
		expect(store.items.size).toBe(0)
	})
})
