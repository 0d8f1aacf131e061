import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMapUrl, rewriteLink } from './rewrite-link.ts'
import { createUrlRewriter, urlRewriting } from './rewrite-urls.ts'

const gateway = 'https://postern.example/sites/blog/wp-json/'
const rewriting = urlRewriting('https://blog.example/wp-json/', gateway)

function rewrite(text: string, cuts: readonly number[] = []): string {
	const bytes = Buffer.from(text)
	const rewriter = createUrlRewriter(rewriting)
	const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b)
	let from = 0
	const out = ends.map((end) => {
		const piece = bytes.subarray(from, end)
		from = end
		return rewriter.push(piece.toString('latin1'), false)
	})
	const last = rewriter.push(bytes.subarray(from).toString('latin1'), true)
	return Buffer.from([...out, last].join(''), 'latin1').toString()
}

describe('addresses in JSON', () => {
	it.each([
		['"https://blog.example/wp-json/wp/v2/posts/7"', `"${gateway}wp/v2/posts/7"`],
		['"http:\\/\\/blog.example\\/wp-json\\/wp"', `"${gateway.replaceAll('/', '\\/')}wp"`],
		['["https://blog.example/wp-json/","https://blog.example/wp-json/"]', `["${gateway}","${gateway}"]`],
		['{"a":"see https://blog.example/wp-json/"}', undefined],
		['"a \\"https://blog.example/wp-json/\\" b"', undefined],
		['"https://blog.example/a-page"', undefined],
		['"https://blog.example.evil/wp-json/"', undefined],
	])('%s', (text, expected = text) => expect(rewrite(text)).toBe(expected))

	const piece = fc.constantFrom(
		'"https://blog.example/wp-json/',
		'"https:\\/\\/blog.example\\/wp-json\\/',
		'"http://blog.example/wp-json/',
		'"https://blog.',
		'\\',
		'"',
		'"h',
		'ht',
		'x',
		'雪',
	)

	it('are the same wherever the body is cut, and however it is looked for', () => {
		const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
		const simple = (whole: string) =>
			rewriting.needles.reduce((done, { from, to }) => {
				const pattern = new RegExp(`(?<!\\\\)${from.replaceAll(/[\\/.]/g, '\\$&')}`, 'g')
				return done.replaceAll(pattern, () => to)
			}, whole)
		fc.assert(
			fc.property(text, fc.array(fc.nat(400), { maxLength: 6 }), (whole, cuts) => {
				expect(rewrite(whole, cuts)).toBe(simple(whole))
			}),
			{ numRuns: 2_000 },
		)
	})

	it('are found in time that grows with the body', () => {
		const body = '"https://blog.example/wp-json/x",'.repeat(100_000)
		const startedAt = process.cpuUsage()
		createUrlRewriter(rewriting).push(body, true)
		expect(process.cpuUsage(startedAt).user / 1_000).toBeLessThan(1_000)
	})
})

describe('T13 a Link header', () => {
	const map = createMapUrl('https://blog.example/wp-json/', gateway)

	it.each([
		['<https://blog.example/wp-json/wp/v2/posts?page=2>; rel="next"', `<${gateway}wp/v2/posts?page=2>; rel="next"`],
		['<http://blog.example/wp-json/>; rel="https://api.w.org/"', `<${gateway}>; rel="https://api.w.org/"`],
		['</wp-json/wp/v2/posts>; rel=prev', `<${gateway}wp/v2/posts>; rel=prev`],
		['<https://blog.example/?p=7>; rel=shortlink', undefined],
		['<https://evil.example/wp-json/>; rel="next"', undefined],
		['<https://blog.example@evil.example/wp-json/>; rel="next"', undefined],
		['<https://blog.example/wp-json/../wp-login.php>; rel="next"', undefined],
		['<javascript:alert(1)>; rel="next"', undefined],
		[
			'<https://blog.example/wp-json/a>; title="x, <y>; \\" z", <https://evil.example/>; rel=a, <https://blog.example/wp-json/b>',
			`<${gateway}a>; title="x, <y>; \\" z", <${gateway}b>`,
		],
		['nonsense', undefined],
		['<https://blog.example/wp-json/a>; title="never ends', undefined],
	])('%s', (header, expected) => expect(rewriteLink(header, map)).toBe(expected))
})
