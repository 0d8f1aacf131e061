import { expect, it } from 'vitest'
import { withKey, withUsername } from './fields.testing.ts'
import { namesOf } from './names-of.ts'

const named = (fields: typeof withKey) =>
	fields.map((field) => ({ ...field, label: { en: `the ${field.name}`, ja: `「${field.name}」` } }))

it('names what a type asks for, and not the address of the site', () => {
	expect(namesOf(named(withUsername), ['text', 'secret'], 'en')).toBe('the username and the applicationPassword')
	expect(namesOf(named(withUsername), ['text', 'secret'], 'ja')).toBe('「username」、「applicationPassword」')
	expect(namesOf(named(withKey), ['secret'], 'en')).toBe('the key')
})
