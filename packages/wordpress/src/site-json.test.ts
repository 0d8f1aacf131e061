import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSiteJson } from './site-json.ts'

describe('readSiteJson', () => {
	it('reads clean JSON, and with a byte order mark or blank lines around it, in silence', () => {
		for (const text of ['{"a":[1]}', '\uFEFF{"a":[1]}', '\n\n \uFEFF\uFEFF{"a":[1]}\n\n'])
			expect(readSiteJson(text)).toEqual({ ok: true, value: { a: [1] }, repaired: '' })
	})

	it('finds the JSON between PHP notices and quotes the file and line', () => {
		const notice =
			'<br />\n<b>Warning</b>: Undefined array key [0] in <b>/var/www/x{y}/a.php</b> on line <b>12</b><br />\n'
		const read = readSiteJson(`${notice}{"name":"Blog } \\" ]"}\n<!-- cached -->`)
		expect(read).toMatchObject({ ok: true, value: { name: 'Blog } " ]' } })
		expect(read.ok && read.repaired).toContain('/var/www/x{y}/a.php on line 12')
	})

	it('reads whatever JSON stands between two notices', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 6 }), (inner) => {
				const value = { inner, padding: 'longer than the brackets of a notice' }
				const read = readSiteJson(
					`[21-Nov-2026 UTC] Notice: [1] in {a.php} on line 3\n${JSON.stringify(value)}\nNotice: {}`,
				)
				expect(read.ok && read.value).toEqual(JSON.parse(JSON.stringify(value)))
			}),
		)
	})

	it.each([
		['', 'empty'],
		[' \uFEFF\n', 'empty'],
		['<!DOCTYPE html><script>var a = {"b": 1}</script>', 'not-json'],
		['<!-- comment --><html lang="en"><script>{"b":1}</script>', 'not-json'],
		['Forbidden', 'not-json'],
		['body { color: red }', 'not-json'],
		['{"name":"cut off in the mid', 'spoilt'],
		['{"namespaces":["wp/v2"],"authentication":{"a":{}},"cut":', 'spoilt'],
		['{"name": <br />Fatal error }', 'spoilt'],
		['['.repeat(100_000), 'too-deep'],
		['{"a":'.repeat(40) + '1' + '}'.repeat(40), 'too-deep'],
	])('calls text %# what it is', (text, reason) => {
		expect(readSiteJson(text)).toMatchObject({ ok: false, reason })
	})

	it('takes 32 levels and no more', () => {
		const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
		expect(readSiteJson(nested(32)).ok).toBe(true)
		expect(readSiteJson(nested(33)).ok).toBe(false)
	})

	it('does not follow a member called __proto__ into the prototype', () => {
		const read = readSiteJson('{"__proto__":{"polluted":true}}')
		expect(read.ok && Object.getPrototypeOf(read.value)).toBe(Object.prototype)
		expect({}).not.toHaveProperty('polluted')
	})

	it('ends soon on two megabytes that never close', () => {
		const started = process.cpuUsage()
		readSiteJson(`{"a":"${'[{'.repeat(1 << 20)}`)
		readSiteJson('{'.repeat(2 << 20))
		readSiteJson('x[ '.repeat(700_000))
		expect(process.cpuUsage(started).user / 1_000).toBeLessThan(3_000)
	})
})
