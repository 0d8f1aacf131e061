import { expect, test } from 'vitest'
import cases from './bad-inputs/connector-name.json' with { type: 'json' }
import { readConnectorName } from './connector-name.ts'

const read = (typed: string) => {
	const name = readConnectorName(typed)
	return name.ok ? name.value : name.problem.code
}

test.each([
	['My blog', 'My blog'],
	['  My blog ', 'My blog'],
	['مدونتي 🚀', 'مدونتي 🚀'],
	['👩‍👩‍👧 family', '👩‍👩‍👧 family'],
	['<script>alert(1)</script>', '<script>alert(1)</script>'],
	['../../etc/passwd', '../../etc/passwd'],
	["x'); DROP TABLE connectors;--", "x'); DROP TABLE connectors;--"],
])('keeps %s as text', (typed, kept) => {
	expect(read(typed)).toBe(kept)
})

test.each([
	['', 'connector-name/required'],
	['\u200b\u200b', 'connector-name/required'],
	['\u001b[2Jblog', 'connector-name/malformed'],
	['bl\u0000og', 'connector-name/malformed'],
	['blog\u202egnp', 'connector-name/malformed'],
	['half \ud800 pair', 'connector-name/malformed'],
	['a'.repeat(101), 'connector-name/too-long'],
	[`a${'\u0301'.repeat(5_000)}`, 'connector-name/too-long'],
])('refuses %j', (typed, code) => {
	expect(read(typed)).toBe(code)
})

const ours: Readonly<Record<string, string>> = {
	name_format: 'connector-name/malformed',
	name_required: 'connector-name/required',
	name_too_long: 'connector-name/too-long',
}

test.each(cases)('$id $label', ({ input, gen, expect: expected }) => {
	const typed = gen === undefined ? input : gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix
	if (typed === undefined) throw new Error('a case without input')
	// What may be kept is kept as it was written: to show it as text is the surface's part.
	expect(read(typed)).toBe(expected.outcome === 'reject' ? ours[expected.code ?? ''] : typed)
})
