import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sanitizeApplicationName } from './application-name.ts'

it.each([
	['  a  b ', 'a b'],
	['a\tb\nc', 'a b c'],
	['<i>x</i>y', 'xy'],
	['5 < 6', '5 &lt; 6'],
	['%41bc', 'bc'],
	['%%4141bc', 'bc'],
	['a %41 b', 'a b'],
	['100%', '100%'],
	['a & b', 'a & b'],
	['a\uD800', ''],
	['"quoted" \\ \'', '"quoted" \\ \''],
	['WordPress アプリ 🚀', 'WordPress アプリ 🚀'],
])('#21 cleans %j to %j, as WordPress does', (name, clean) => {
	expect(sanitizeApplicationName(name)).toBe(clean)
})

it.each([
	['<script>alert(1)</script>', ''],
	['a<SCRIPT src="x">alert(1)</script >b</script>c', 'ac'],
	['a<style>b</style>c<script>d', 'acd'],
	['a<!-- b > c -->d', 'ad'],
	['<a title=">">x</a>', 'x'],
	['a<b', 'a&lt;b'],
	['a < b > c', 'a < b > c'],
	['<b <i>x</i>', '&lt;b x'],
	['<<b>>x', '&lt;>x'],
	['x <"&amp;&y', 'x &lt;&quot;&amp;&amp;y'],
])('#7 #21 leaves no element of %j', (name, clean) => {
	expect(sanitizeApplicationName(name)).toBe(clean)
})

it('#22 keeps the name 0', () => {
	expect(sanitizeApplicationName('0')).toBe('0')
})

it('#22 strips characters that hide or turn what stands beside them, before tags are looked for', () => {
	expect(sanitizeApplicationName('a\u202Eb\u200Bc\u0000d\u2066e\uFEFFf\u0085g\u2028h')).toBe('abcdefgh')
	expect(sanitizeApplicationName('<scr\u200Bipt>x</script>y')).toBe('y')
	expect(sanitizeApplicationName('%4\u200B1x')).toBe('x')
	expect(sanitizeApplicationName('\u200B \u202E')).toBe('')
})

it('leaves nothing that a second cleaning would hide, and never throws', () => {
	const noisy = fc.stringMatching(/^[a-c<>/!"'%4\s\u202E\u200B&;-]{0,40}$/)
	fc.assert(
		fc.property(noisy, (name) => {
			expect(sanitizeApplicationName(name)).not.toMatch(/[\t\n\r\u202E\u200B]|%[0-9a-f]{2}|  |^ | $/i)
		}),
	)
})

it('takes out just the script, whatever letters stand before it', () => {
	// In lower case this one is two characters long.
	expect(sanitizeApplicationName('İİİ<SCRIPT>x</Script>abcdef')).toBe('İİİabcdef')
})

it('takes time in proportion to the length', () => {
	const hostile = ['<script>', '<!--', '<a "', '%', '<', '< ', '</style><style>'].map((text) => text.repeat(20_000))
	const begun = process.cpuUsage()
	for (const name of [...hostile, '%'.repeat(50_000) + '41'.repeat(50_000)]) sanitizeApplicationName(name)
	expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(2_000)
})
