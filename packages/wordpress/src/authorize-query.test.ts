import { describe, expect, it } from 'vitest'
import { parseAuthorizeQuery } from './authorize-query.ts'
import cases from './bad-inputs/authorize-params.json' with { type: 'json' }

const uuid = '6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e'
const parse = (query: string | Record<string, string>, allowHttp = false) =>
	parseAuthorizeQuery(typeof query === 'string' ? query : new URLSearchParams(query).toString(), { allowHttp })

/** Parameter and code of each fault. */
function faultsOf(query: string | Record<string, string>, allowHttp = false): string[] {
	const read = parse(query, allowHttp)
	return read.ok ? [] : read.faults.map(({ parameter, code }) => `${parameter} ${code}`)
}

describe('the query of the authorize page', () => {
	it('#156 may be empty, in every environment', () => {
		const request = { appName: '', appId: '', successUrl: undefined, rejectUrl: undefined, scope: undefined }
		for (const allowHttp of [true, false]) {
			expect(parse('', allowHttp)).toEqual({ ok: true, request })
			expect(parse('?app_name=&app_id=&success_url=&reject_url=&scope=', allowHttp)).toEqual({ ok: true, request })
		}
	})

	it('#157 #158 holds a name, an id and two addresses', () => {
		const query = {
			app_name: ' My App ',
			app_id: uuid,
			success_url: 'https://app.example/cb',
			reject_url: 'wordpress://example',
		}
		expect(parse({ ...query, scope: 'posts:read', unknown: 'x' })).toEqual({
			ok: true,
			request: {
				appName: 'My App',
				appId: uuid,
				successUrl: { url: 'https://app.example/cb', kind: 'https', scheme: 'https', host: 'app.example' },
				rejectUrl: { url: 'wordpress://example', kind: 'app', scheme: 'wordpress', host: 'example' },
				scope: 'posts:read',
			},
		})
	})

	it('#159 allows plain http in the environment local only', () => {
		for (const parameter of ['success_url', 'reject_url']) {
			expect(faultsOf({ [parameter]: 'http://example.org' })).toEqual([`${parameter} invalid_redirect_scheme`])
			expect(faultsOf({ [parameter]: 'http://example.org' }, true)).toEqual([])
		}
	})

	it('#166 tells all that is wrong', () => {
		const query = {
			app_name: `\u202E${'a'.repeat(100)}`,
			app_id: uuid.toUpperCase(),
			success_url: 'javascript:x',
			reject_url: 'http://h/',
		}
		expect(faultsOf(query)).toEqual([
			'app_name name_format',
			'app_name name_too_long',
			'app_id invalid_app_id',
			'success_url invalid_redirect_url_format',
			'reject_url invalid_redirect_scheme',
		])
	})

	it.each(['nope', `{${uuid}}`, `urn:uuid:${uuid}`, `${uuid}\n`, ` ${uuid}`])(
		'#166 takes no app_id like %j',
		(appId) => {
			expect(faultsOf({ app_id: appId })).toEqual(['app_id invalid_app_id'])
		},
	)

	it.each(['app_name', 'app_id', 'success_url', 'reject_url', 'scope'])('chooses from no two of %s', (name) => {
		expect(faultsOf(`${name}=&${name}=`)).toEqual([`${name} duplicate_param`])
	})

	it.each(['[]', '%5B%5D', '[x][y]', '%00'])('takes no list for a text: success_url%s', (tail) => {
		expect(faultsOf(`success_url${tail}=https://a.example/`)).toEqual(['success_url param_type'])
		expect(faultsOf(`success_url=https://a.example/&success_url${tail}=https://a.example/`)).toEqual([
			'success_url param_type',
		])
	})

	it.each(['success.url', 'success+url', 'success[url', '+success_url'])(
		'takes no spelling that only PHP reads: %s',
		(name) => {
			expect(faultsOf(`${name}=https://a.example/`)).toEqual(['success_url param_type'])
		},
	)

	it.each([
		['a right-to-left override', 'App\u202E'],
		['a zero-width space', 'A\u200Bpp'],
		['a byte order mark', '\uFEFFa\uFEFFb'],
		['a control character', 'A\u0007pp'],
		['a line feed', 'A\npp'],
		['a line separator', 'A\u2028pp'],
	])('refuses a name with %s', (_what, name) => {
		expect(faultsOf({ app_name: name })).toEqual(['app_name name_format'])
	})

	it('refuses bytes that are no UTF-8', () => {
		expect(faultsOf('app_name=%E9&success_url=https://a.example/%E9')).toEqual([
			'app_name name_format',
			'success_url invalid_redirect_url_format',
		])
	})

	it('#180 keeps markup in a name as text, composes letters, and counts what a person would', () => {
		const named = (name: string) => {
			const read = parse({ app_name: name })
			return read.ok ? read.request.appName : read.faults[0]?.code
		}
		expect(named('<b>A & B</b>')).toBe('<b>A & B</b>')
		expect(named('Cafe\u0301')).toBe('Café')
		expect(named('e\u0301'.repeat(100))).toBe('é'.repeat(100))
		expect(named('🚀'.repeat(100))).toBe('🚀'.repeat(100))
		expect(named('a'.repeat(101))).toBe('name_too_long')
		expect(named('👩‍👩‍👧 アプリ')).toBe('👩‍👩‍👧 アプリ')
	})
})

// The corpus' labels, and WordPress' codes with our reason for them (#161: a refused scheme is of an invalid format).
const codes: Readonly<Record<string, Record<string, string>>> = {
	redirect_scheme: { code: 'invalid_redirect_url_format', reason: 'scheme' },
	redirect_insecure: { code: 'invalid_redirect_scheme', reason: 'insecure' },
	redirect_format: { code: 'invalid_redirect_url_format', reason: 'format' },
	redirect_param_collision: { code: 'invalid_redirect_url_format', reason: 'collision' },
	redirect_too_long: { code: 'invalid_redirect_url_format', reason: 'too-long' },
	duplicate_param: { code: 'duplicate_param' },
	param_type: { code: 'param_type' },
	name_format: { code: 'name_format' },
	name_too_long: { code: 'name_too_long' },
	app_id_format: { code: 'invalid_app_id' },
}

it.each(cases)('$id $label', ({ input, gen, expect: expected }) => {
	const { raw_query: rawQuery, ...given }: Record<string, string> = { ...input }
	if (gen !== undefined) given[gen.field ?? 'success_url'] = gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix
	const read = parse(rawQuery ?? given)
	if (expected.outcome === 'accept') expect(read.ok).toBe(true)
	else expect(read).toMatchObject({ ok: false, faults: [codes[expected.code ?? '']] })
	// A reject_url is judged alike.
	const { success_url: rejectUrl, ...others } = given
	if (rejectUrl !== undefined) expect(parse({ ...others, reject_url: rejectUrl }).ok).toBe(read.ok)
})

it('reads a query of one name over and over in time that grows with its length', () => {
	const begun = process.cpuUsage()
	expect(faultsOf('success_url&'.repeat(8_000))).toEqual(['success_url duplicate_param'])
	expect(faultsOf('a&'.repeat(50_000))).toEqual([])
	expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(2_000)
})
