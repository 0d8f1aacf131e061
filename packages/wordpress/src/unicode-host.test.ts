import { domainToASCII, domainToUnicode } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isMixedScript, toUnicodeHost } from './unicode-host.ts'

it.each([
	'münchen.example',
	'日本語.jp',
	'пример.рф',
	'ドメイン.テスト',
	'한국.kr',
	'ελ.gr',
	'☃.example',
	'𠜎.example',
	'ü.xn--p1ai',
])('shows %s as its owner writes it', (host) =>
	expect(toUnicodeHost(domainToASCII(host))).toBe(domainToUnicode(domainToASCII(host))),
)

it('reads every host as Node does', () => {
	const letters = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
	fc.assert(
		fc.property(letters, (label) => {
			const ascii = domainToASCII(`${label}.example`)
			if (ascii !== '') expect(toUnicodeHost(ascii)).toBe(domainToUnicode(ascii))
		}),
		{ numRuns: 2_000 },
	)
})

it.each(['xn--', 'xn--a-', 'xn--99999999', 'xn---', 'xn--ü'])('leaves %s alone, which is no Punycode', (label) => {
	expect(() => toUnicodeHost(`${label}.example`)).not.toThrow()
})

it.each([
	'paypal.example',
	'münchen.example',
	'пример.рф',
	'日本語のブログ.jp',
	'wordpress日本語カナ.jp',
	'한국abc.kr',
	'a1-b.example',
	'пример.example',
])('finds nothing odd in %s', (host) => expect(isMixedScript(host)).toBe(false))

it.each(['раypal.example', 'wоrdpress.example', 'αbc.gr', 'blog.exаmple', 'カナпример.jp'])(
	'warns of mixed scripts in %s',
	(host) => {
		expect(isMixedScript(host)).toBe(true)
	},
)
