import { Secret } from '@postern/vocabulary'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cases from './bad-inputs/basic-header.json' with { type: 'json' }
import { formatBasicCredentials, readBasicCredentials } from './basic-credentials.ts'

it('writes user-id and password in UTF-8, as RFC 7617 asks', () => {
	expect(formatBasicCredentials('Aladdin', new Secret('open sesame'))).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')
	expect(formatBasicCredentials('test', new Secret('123£'))).toBe('Basic dGVzdDoxMjPCow==')
	expect(formatBasicCredentials('山田', new Secret('x'))).toBe(`Basic ${Buffer.from('山田:x').toString('base64')}`)
})

const basic = (text: string | Uint8Array): string => `Basic ${Buffer.from(text).toString('base64')}`

/** The two texts in clear, so that they can be compared. */
function read(header: string | null | undefined): unknown {
	const found = readBasicCredentials(header)
	return found.kind === 'basic' ? [found.userId, found.password.reveal()] : found.kind
}

describe('reading Basic credentials', () => {
	it('#60 #62 splits at the first colon', () => {
		expect(read('Basic dXNlcm5hbWU6cGFzc3dvcmQ=')).toEqual(['username', 'password'])
		expect(read(basic('user:pass:word'))).toEqual(['user', 'pass:word'])
		expect(read(basic(':'))).toEqual(['', ''])
	})

	it('#61 takes no header without a colon inside', () => {
		expect(read(basic('username'))).toBe('malformed')
	})

	it.each([
		['a lower-case scheme', 'basic YTpi', ['a', 'b']],
		['missing padding', 'Basic YTpiYw', ['a', 'bc']],
		['too little padding', 'Basic YTpiYw=', ['a', 'bc']],
		['no header', undefined, 'absent'],
		['a header that is null', null, 'absent'],
		['Bearer', 'Bearer YTpi', 'absent'],
		['a scheme that begins alike', 'Basics YTpi', 'absent'],
		['a space in front', ' Basic YTpi', 'absent'],
		['two spaces after the scheme', 'Basic  YTpi', 'malformed'],
		['a tab after the scheme', 'Basic\tYTpi', 'malformed'],
		['a comma after the scheme', 'Basic, YTpi', 'malformed'],
		['a space inside', 'Basic YT pi', 'malformed'],
		['a space at the end', 'Basic YTpi ', 'malformed'],
		['a line feed at the end', 'Basic YTpi\n', 'malformed'],
		['two headers joined', 'Basic YTpi, Basic YTpj', 'malformed'],
		['the url-safe alphabet', 'Basic YTo_Pz8-', 'malformed'],
		['three signs of padding', 'Basic YTpi===', 'malformed'],
		['padding inside', 'Basic YQ==OmI=', 'malformed'],
		['a length that base64 has not', 'Basic YTpib', 'malformed'],
		['nothing but padding', 'Basic ==', 'malformed'],
	])('#63 reads %s in one way', (_what, header, expected) => {
		expect(read(header)).toEqual(expected)
	})

	it.each([
		['Latin-1', basic(Uint8Array.of(0x61, 0x3a, 0xe9))],
		['an overlong colon', basic(Uint8Array.of(0x61, 0xc0, 0xba, 0x62, 0x3a))],
		['a lone surrogate', basic(Uint8Array.of(0x61, 0x3a, 0xed, 0xa0, 0x80))],
		['a tab', basic('a:b\tc')],
		['a line feed', basic('a\n:b')],
		['DEL', basic('a:\u007F')],
		['a C1 control character', basic('a:\u0085')],
	])('refuses %s', (_what, header) => {
		expect(read(header)).toBe('malformed')
	})

	it('keeps what no control character is, a byte order mark included', () => {
		expect(read(basic('\uFEFFłukasz:\u00A0£\u202E🚀'))).toEqual(['\uFEFFłukasz', '\u00A0£\u202E🚀'])
	})

	it('takes 16 KiB and not a character more', () => {
		const longest = `Basic ${Buffer.from(`a:${'b'.repeat(12_280)}`)
			.toString('base64')
			.replaceAll('=', '')}`
		expect(longest.length).toBe(16_382)
		expect(read(longest)).toEqual(['a', 'b'.repeat(12_280)])
		expect(read(`Basic ${Buffer.from(`a:${'b'.repeat(12_283)}`).toString('base64')}`)).toBe('malformed')
	})

	it('reads back what is written', () => {
		const printable = fc.string({ unit: 'grapheme', maxLength: 40 })
		fc.assert(
			fc.property(printable, printable, (user, password) => {
				const userId = user.replaceAll(':', '')
				expect(read(formatBasicCredentials(userId, new Secret(password)))).toEqual([userId, password])
			}),
		)
	})

	it('never throws, and shows no password', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const found = readBasicCredentials(`Basic ${text}`)
				const written = readBasicCredentials(basic(`user:${text}`))
				expect(['malformed', 'basic']).toContain(found.kind)
				expect(JSON.stringify(written)).toMatch(
					/^\{"kind":"(?:malformed"|basic","userId":"user","password":"\[secret\]")\}$/,
				)
			}),
		)
	})
})

// What the corpus expects of a whole server is answered by what is read here; a password is judged by who knows it.
const kinds: Readonly<Record<string, string>> = {
	auth_required: 'absent',
	invalid_credentials: 'malformed',
	header_too_large: 'malformed',
}
const otherwise: Readonly<Record<string, string>> = {
	// Empty is a password, and a wrong one (case 58).
	'BAS-013': 'basic',
	// Another scheme carries nothing for us: WordPress takes it for a visitor (case 63).
	'BAS-021': 'absent',
}

it.each(cases)('$id $label', ({ id, input, gen, expect: expected }) => {
	const header = gen === undefined ? input : gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix
	const kind = expected.outcome === 'accept' ? 'basic' : kinds[expected.code ?? '']
	expect(readBasicCredentials(header).kind).toBe(otherwise[id] ?? kind)
})
