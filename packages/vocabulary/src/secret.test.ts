import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { Secret } from './secret.ts'

const text = 'abcd EFGH 1234 ijkl MNOP 5678'
const secret = new Secret(text)

it('gives the text back to whoever asks by name', () => {
	expect(secret.reveal()).toBe(text)
})

const waysOut: Readonly<Record<string, () => string>> = {
	'printing it': () => String(secret),
	// oxlint-disable-next-line typescript/restrict-template-expressions -- the very mistake that must be harmless
	'a template': () => `password=${secret}`,
	'adding it to a string': () => 'password=' + secret,
	'joining a list': () => ['user', secret].join(':'),
	'JSON, nested': () => JSON.stringify({ site: { password: secret }, list: [secret] }),
	'inspecting it': () => inspect(secret, { showHidden: true, depth: 9 }),
	'inspecting what holds it': () => inspect({ deep: { map: new Map([['password', secret]]) } }, { depth: 9 }),
	'its own keys': () => JSON.stringify([Object.getOwnPropertyNames(secret), Object.entries(secret), { ...secret }]),
	'a structured clone': () => inspect(structuredClone({ secret }), { showHidden: true, depth: 9 }),
	'an error message': () => inspect(new Error(`refused: ${String(secret)}`, { cause: secret })),
	'form and query encoding': () => new URLSearchParams({ password: String(secret) }).toString(),
}

it.each(Object.keys(waysOut))('does not slip out through %s', (way) => {
	const shown = waysOut[way]?.()
	expect(shown).toBeTypeOf('string')
	expect(shown).not.toContain('EFGH')
})

it('says where a secret was', () => {
	expect(String(secret)).toBe('[secret]')
	expect(JSON.stringify({ password: secret })).toBe('{"password":"[secret]"}')
	expect(inspect({ password: secret })).toBe('{ password: [secret] }')
})

it('loses the text in a structured clone instead of carrying it to another thread', () => {
	expect(structuredClone(secret)).toEqual({})
})

it('keeps any text whole, and shows none of it', () => {
	fc.assert(
		fc.property(fc.string({ minLength: 12 }), (any) => {
			const kept = new Secret(any)
			expect(kept.reveal()).toBe(any)
			expect(inspect(kept) + String(kept) + JSON.stringify(kept)).not.toContain(any)
		}),
	)
})
