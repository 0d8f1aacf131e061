import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldValue, RestRequest } from '../request.ts'
import { readSent } from './wire.testing.ts'
import { writeRest, type WriteOptions, type WrittenRest } from './write-rest.ts'

function read(target: string): RestRequest {
	const request = readSent({ target })
	if (!request.ok) throw new Error(request.problem.code)
	return request.value
}

function readAgain({ method, route, query, contentType, body }: WrittenRest): unknown {
	const headers = contentType === undefined ? {} : { 'Content-Type': contentType }
	const sent = { method, target: `/wp-json${route}${query === '' ? '' : `?${query}`}`, headers }
	return readSent(body === undefined ? sent : { ...sent, body: new TextEncoder().encode(body) })
}

const ids = fc.stringMatching(/^[A-Za-z0-9_.~@:,-]{1,12}$/).filter((text) => !/^\.{1,2}$/.test(text))
const route = fc.array(ids, { maxLength: 6 }).map((segments) => ['Acme', 'v1', ...segments])
const names = fc
	.stringMatching(/^[a-z][A-Za-z0-9_-]{0,8}$/)
	.filter((name) => !/^(?:preview|json$|wc-|wp_|customize|doing)/.test(name))
const texts = fc
	.string({ unit: 'grapheme', maxLength: 12 })
	.filter((text) => text.isWellFormed() && !text.includes('\u0000'))
const keys = fc.stringMatching(/^[a-z][a-z0-9_-]{0,5}$/)
const { tree } = fc.letrec<{ tree: FieldValue }>((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		texts,
		fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
		fc.dictionary(keys, tie('tree'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
	),
}))
const queries = fc.array(fc.tuple(names, tree), { maxLength: 4 }).map((pairs) => new Map(pairs))
const jsonNames = fc
	.string({ unit: 'grapheme', maxLength: 8 })
	.filter((name) => name.isWellFormed() && !name.startsWith('_') && name !== 'rest_route')
const jsonValues = fc
	.jsonValue({ maxDepth: 4, noUnicodeString: false })
	.map((value): FieldValue => JSON.parse(JSON.stringify(value)))
const noPrototype = (value: FieldValue): boolean => !JSON.stringify(value).includes('__proto__')
const fieldsOfJson = fc
	.array(fc.tuple(jsonNames, jsonValues.filter(noPrototype)), { maxLength: 5 })
	.map((pairs) => new Map(pairs))

const requests: fc.Arbitrary<RestRequest> = fc.oneof(
	fc.record({
		kind: fc.constant('rest' as const),
		method: fc.constantFrom('GET' as const, 'HEAD' as const, 'DELETE' as const),
		segments: route,
		query: queries,
		body: fc.constant({ kind: 'none' as const }),
	}),
	fc
		.record({
			kind: fc.constant('rest' as const),
			method: fc.constantFrom('POST' as const, 'PUT' as const, 'PATCH' as const),
			segments: route,
			query: queries,
			body: fc.record({ kind: fc.constant('fields' as const), fields: fieldsOfJson }),
		})
		.filter(({ query, body }) => ![...query.keys()].some((name) => body.fields.has(name))),
)
const batches: fc.Arbitrary<RestRequest> = fc.record({
	kind: fc.constant('rest' as const),
	method: fc.constant('POST' as const),
	segments: fc.constant(['batch', 'v1']),
	query: fc.constant(new Map<string, FieldValue>()),
	body: fc.record({
		kind: fc.constant('batch' as const),
		validation: fc.constantFrom('normal' as const, 'require-all-validate' as const),
		requests: fc.array(
			requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD'),
			{ minLength: 1, maxLength: 3 },
		),
	}),
})

describe('what is written', () => {
	it('T29 #228 is read as what it was written from', () => {
		fc.assert(
			fc.property(fc.oneof(requests, batches), (request) => {
				expect(readAgain(writeRest(request, { leftOut: [] }))).toEqual({ ok: true, value: request })
			}),
			{ numRuns: 1_000 },
		)
	})

	it('T34 never leaves the API, nor begins a second query', () => {
		fc.assert(
			fc.property(requests, (request) => {
				const written = writeRest(request, { leftOut: [] })
				expect(written.route).toMatch(/^(?:\/[A-Za-z0-9_.~%-]+)+$/)
				expect(written.query).toMatch(/^[A-Za-z0-9_.~%!'()*&=-]*$/)
				const target = new URL(`https://site.example/blog/wp-json${written.route}?${written.query}`)
				expect(target.href).toContain(`https://site.example/blog/wp-json${written.route}?`)
				expect(decodeURIComponent(written.route)).not.toMatch(/\/\.{0,2}(?:\/|$)/)
			}),
			{ numRuns: 1_000 },
		)
	})

	it('is a slash for the index', () => {
		expect(writeRest(read('/wp-json/'), { leftOut: [] })).toMatchObject({ route: '/', query: '' })
	})

	it('numbers a list of maps, which PHP would otherwise tear apart', () => {
		const { query } = writeRest(read('/wp-json/a/v1/b?x[0][a]=1&x[0][b]=2&x[1][a]=3'), { leftOut: [] })
		expect(decodeURIComponent(query)).toBe('x[0][a]=1&x[0][b]=2&x[1][a]=3')
	})

	it('names a file in bytes, as headers are written', () => {
		const disposition = Buffer.from('attachment; filename="写真.jpg"', 'utf8').toString('latin1')
		const headers = { 'Content-Type': 'image/jpeg', 'Content-Disposition': disposition }
		const request = readSent({ method: 'POST', target: '/wp-json/wp/v2/media', headers, body: 'x' })
		expect(request.ok && writeRest(request.value, { leftOut: [] })).toMatchObject({
			contentType: 'image/jpeg',
			disposition,
			body: undefined,
		})
	})
})

describe('#233 _embed', () => {
	const embed = (query: string, options: WriteOptions): string =>
		decodeURIComponent(writeRest(read(`/wp-json/wp/v2/posts?${query}`), options).query)
	const embeds = ['author', 'replies', 'wp:term']

	it('T28 brings what remains, by name', () => {
		for (const bare of ['_embed', '_embed=1', '_embed=true', '_embed=0', '_embed=', '_embed=,', '_embed[]=']) {
			expect(embed(bare, { leftOut: ['author'], embeds })).toBe('_embed=replies,wp:term')
			expect(embed(bare, { leftOut: embeds, embeds })).toBe('')
			expect(embed(bare, { leftOut: ['replies'] })).toBe('')
		}
	})

	it('T28 loses what is left out of a list', () => {
		for (const list of [
			'_embed=author,wp:term',
			'_embed=author+wp%3Aterm',
			'_embed[]=author&_embed[]=wp:term',
			'_embed[x]=author&_embed[y]=wp:term',
		]) {
			expect(embed(list, { leftOut: ['author'], embeds })).toBe('_embed=wp:term')
			expect(embed(list, { leftOut: ['author', 'wp:term'] })).toBe('')
		}
		expect(embed('_embed=wp:term&page=2', { leftOut: [] })).toBe('_embed=wp:term&page=2')
	})
})
