import { expect, test } from 'vitest'
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
