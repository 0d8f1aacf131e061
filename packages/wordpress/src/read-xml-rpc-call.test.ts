import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cases from './bad-inputs/xmlrpc-body.json' with { type: 'json' }
import { readXmlRpcCall, readXmlRpcSubCall, type XmlRpcRequest } from './read-xml-rpc-call.ts'
import { formatXmlRpcCall } from './write-xml-rpc.ts'
import { XmlRpcBase64, XmlRpcDate, type XmlRpcValue } from './xml-rpc-value.ts'

const call = (inner: string): string => `<?xml version="1.0"?><methodCall>${inner}</methodCall>`
const withParams = (params: string, method = 'wp.getPosts'): string =>
	call(`<methodName>${method}</methodName><params>${params}</params>`)
const param = (value: string): string => `<param><value>${value}</value></param>`
const nested = (levels: number): string =>
	`<array><data><value>`.repeat(levels) + '<int>1</int>' + '</value></data></array>'.repeat(levels)

/** The parameters, or the fault with its status and reason. */
function read(document: string | Uint8Array): unknown {
	const request = readXmlRpcCall(document)
	return request.kind === 'call' ? request.params : [request.fault, request.status, request.reason]
}

const malformed = [-32_700, 200, 'malformed']
const stray = [-32_602, 400, 'stray']
const value = [-32_602, 400, 'value']
const unwrapped = [-32_602, 400, 'unwrapped']
const bound = [-32_600, 413, 'bound']

describe('what is a call', () => {
	it('reads every type, typed or not', () => {
		const bytes = '<base64>\nAQ\nID </base64>'
		const types = '<int> 7 </int>|<i4>-8</i4>|<boolean>1</boolean>|<double>-1.5</double>|<string> a </string>| b '
		const date = '<dateTime.iso8601>20261121T10:00:00</dateTime.iso8601>'
		expect(
			read(withParams([...types.split('|'), '<string></string>', '<string/>', bytes, date].map(param).join(''))),
		).toEqual([
			7,
			-8,
			true,
			-1.5,
			' a ',
			' b ',
			'',
			'',
			XmlRpcBase64.of(Uint8Array.of(1, 2, 3)),
			new XmlRpcDate('20261121T10:00:00'),
		])
	})

	it('#214 reads untyped values, as the curl of the help page sends them', () => {
		const sent =
			'<?xml version="1.0"?><methodCall><methodName>wp.getUsers</methodName><params><param><value>1</value></param><param><value>USERNAME</value></param><param><value>PASSWORD</value></param></params></methodCall>'
		expect(readXmlRpcCall(sent)).toEqual({ kind: 'call', method: 'wp.getUsers', params: ['1', 'USERNAME', 'PASSWORD'] })
	})

	it('#215 resolves CDATA, references and comments once, before anybody looks at a secret', () => {
		const sent = ['<![CDATA[se<]]>cret', 's&#101;&#x63;ret', 'se<!-- x -->cret', '&amp;lt;'].map(
			(text) => `<string>${text}</string>`,
		)
		expect(read(withParams(sent.map(param).join('')))).toEqual(['se<cret', 'secret', 'secret', '&lt;'])
	})

	it('#215 tells base64 from text, so that no secret comes as bytes unseen', () => {
		expect(read(withParams(param('<base64>c2VjcmV0</base64>') + param('secret')))).toEqual([
			XmlRpcBase64.of(new TextEncoder().encode('secret')),
			'secret',
		])
	})

	it('trims the name, keeps its letter case, and needs no params', () => {
		expect(readXmlRpcCall(call('<methodName>\n WP.getUsers </methodName>'))).toEqual({
			kind: 'call',
			method: 'WP.getUsers',
			params: [],
		})
	})

	it('forgives a byte order mark, blank lines in front, and white space between elements', () => {
		const spaced = withParams(`\n ${param('a')}\t\n`).replaceAll('><', '>\r\n<')
		for (const text of [`\uFEFF${spaced}`, `\n\n${spaced}`]) {
			expect(read(text)).toEqual(['a'])
			expect(read(new TextEncoder().encode(text))).toEqual(['a'])
		}
	})

	it('reads UTF-8 under any letter case of its name', () => {
		const sent =
			'<?xml version="1.0" encoding="utf-8" standalone="yes"?><methodCall><methodName>é</methodName></methodCall>'
		expect(readXmlRpcCall(new TextEncoder().encode(sent))).toEqual({ kind: 'call', method: 'é', params: [] })
	})
})

describe('what is none', () => {
	it.each([
		['an empty body', '', [-32_700, 200, 'empty']],
		['blanks', ' \n\uFEFF', [-32_700, 200, 'empty']],
		['no XML', 'name=x', malformed],
		['an unclosed element', '<methodCall><methodName>a', malformed],
		['an unknown entity', withParams(param('&nbsp;')), malformed],
		['a reference to no character', withParams(param('a&#0;')), malformed],
		['half a surrogate pair', withParams(param('a&#xD800;')), malformed],
		['half a surrogate pair, written out', withParams(param('a\uD800')), malformed],
		['a control character', withParams(param('a\u0001')), malformed],
		['an attribute twice', '<methodCall a="1" a="2"><methodName>a</methodName></methodCall>', malformed],
		['a second declaration', call('<?xml version="1.0"?><methodName>a</methodName>'), malformed],
		['a DOCTYPE', `<!DOCTYPE methodCall>${withParams('')}`, [-32_700, 200, 'doctype']],
		['a DOCTYPE after a comment', '<!-- x --><!DOCTYPE methodCall><methodCall/>', [-32_700, 200, 'doctype']],
		['a processing instruction', call('<?php x ?><methodName>a</methodName>'), [-32_700, 200, 'instruction']],
		['another root', '<html><body/></html>', [-32_700, 200, 'foreign-root']],
		['another letter case of the root', '<MethodCall/>', [-32_700, 200, 'foreign-root']],
		['a response', '<methodResponse><params/></methodResponse>', [-32_600, 200, 'not-a-call']],
		['a fault', '<fault/>', [-32_600, 200, 'not-a-call']],
	])('#195 answers %s as WordPress does', (_what, text, expected) => {
		expect(read(text)).toEqual(expected)
	})

	it('#195 takes UTF-8 only', () => {
		const encoding = [-32_700, 200, 'encoding']
		const declared = (name: string) =>
			`<?xml version="1.0" encoding="${name}"?><methodCall><methodName>a</methodName></methodCall>`
		for (const name of ['ISO-8859-1', 'UTF-7', 'UTF-16', 'utf8', 'us-ascii'])
			expect(read(declared(name))).toEqual(encoding)
		expect(read('<?xml version="1.1"?><methodCall/>')).toEqual(encoding)
		expect(read(Buffer.from(withParams(param('é')), 'latin1'))).toEqual(encoding)
		expect(read(Buffer.from(`\uFEFF${withParams(param('a'))}`, 'utf16le'))).toEqual(encoding)
	})

	it.each([
		['an empty untyped value', withParams(param('')), value],
		['a blank untyped value', withParams(param(' \n ')), value],
		[
			'an empty untyped value in a struct',
			withParams('<param><value><struct><member><name>a</name><value/></member></struct></value></param>'),
			value,
		],
		['nil', withParams(param('<nil/>')), value],
		['nil by another name', withParams(param('<ex:nil/>')), value],
		['i8', withParams(param('<i8>5</i8>')), value],
		['another letter case of a type', withParams(param('<String>a</String>')), value],
		['two types in one value', withParams(param('<int>1</int><int>2</int>')), value],
		['text beside a type', withParams(param('a<string>b</string>')), value],
		['an element inside a scalar', withParams(param('<string>a<b>c</b></string>')), value],
		['a number that is none', withParams(param('<int>1a</int>')), value],
		['an endless number', withParams(param('<double>1e999</double>')), value],
		['a boolean word', withParams(param('<boolean>false</boolean>')), value],
		['a date that is none', withParams(param('<dateTime.iso8601>tomorrow</dateTime.iso8601>')), value],
		[
			'a member twice',
			withParams(
				param(
					'<struct><member><name>a</name><value>1</value></member><member><name>a</name><value>2</value></member></struct>',
				),
			),
			value,
		],
		[
			'a member twice, once with spaces around its name, which WordPress does not see',
			withParams(
				param(
					'<struct><member><name>a</name><value>1</value></member><member><name> a\n</name><value>2</value></member></struct>',
				),
			),
			value,
		],
		['two data in one array', withParams(param('<array><data/><data/></array>')), value],
		['text in an array', withParams(param('<array><data>a<value>b</value></data></array>')), value],
		['a value outside params', call('<methodName>a</methodName><value>1</value>'), stray],
		['a param outside params', call('<methodName>a</methodName><param><value>1</value></param>'), stray],
		['a value after params', call('<methodName>a</methodName><params/><value>1</value>'), stray],
		['a value in params without param', withParams('<value>1</value>'), stray],
		['a param without a value', withParams('<param/>'), stray],
		['a param with two values', withParams('<param><value>1</value><value>2</value></param>'), stray],
		['text in params', withParams(`a${param('b')}`), stray],
		['text in the call', call('a<methodName>b</methodName>'), stray],
		['two params', call('<methodName>a</methodName><params/><params/>'), stray],
		['two names', call('<methodName>a</methodName><methodName>b</methodName>'), stray],
		['a name after params', call('<methodName>a</methodName><params/><methodName>b</methodName>'), stray],
		[
			'one array for all arguments',
			withParams(param('<array><data><value>1</value><value>jane</value></data></array>')),
			unwrapped,
		],
		[
			'one struct for all arguments',
			withParams(param('<struct><member><name>a</name><value>1</value></member></struct>')),
			unwrapped,
		],
		[
			'a numbered struct for all arguments',
			withParams(param('<struct><member><name>0</name><value>1</value></member></struct>')),
			unwrapped,
		],
		[
			'a numbered struct among others',
			withParams(`${param('1')}${param('<struct><member><name>0</name><value>1</value></member></struct>')}`),
			unwrapped,
		],
	])('#216 refuses %s, before anybody logs in', (_what, text, expected) => {
		expect(read(text)).toEqual(expected)
	})

	it.each([
		['no name', call('')],
		['params without a name', call('<params/>')],
		['params before the name', call('<params/><methodName>a</methodName>')],
		['an empty name', call('<methodName> </methodName>')],
		['an element in the name', call('<methodName>a<b/></methodName>')],
		['an element that means nothing', call('<methodName>a</methodName><x/>')],
	])('refuses %s', (_what, text) => {
		expect(read(text)).toEqual([-32_600, 400, 'method'])
	})
})

describe('bounds', () => {
	it('reads 32 nested values and not 33', () => {
		expect(read(withParams(param('1') + param(nested(32))))).toHaveLength(2)
		expect(read(withParams(param('1') + param(nested(33))))).toEqual(bound)
		expect(read('<a>'.repeat(100_000))).toEqual(bound)
	})

	it('reads 10,000 elements and not one more, or as many as it is told', () => {
		const elements = (count: number) => withParams(`<param><value><string/></value></param>`.repeat((count - 3) / 3))
		expect(read(elements(9_999))).toHaveLength(3_332)
		expect(read(elements(10_002))).toEqual(bound)
		expect(readXmlRpcCall(elements(33), { maxElements: 32 })).toMatchObject({ reason: 'bound' })
		expect(readXmlRpcCall(elements(33), { maxElements: 33 })).toMatchObject({ kind: 'call' })
	})

	it('reads names of 64 bytes, texts of 1 MiB, and base64 of any length', () => {
		expect(read(call(`<methodName>${'é'.repeat(32)}</methodName>`))).toEqual([])
		expect(read(call(`<methodName>${'é'.repeat(33)}</methodName>`))).toEqual(bound)
		expect(read(withParams(`<${'a'.repeat(65)}/>`))).toEqual(bound)
		// All that has to be looked at, in pieces that are each within bounds; a file beside it counts for nothing.
		const many = param(`<string>${'&#60;'.repeat(200_000)}</string>`).repeat(9)
		expect(read(withParams(many))).toEqual(bound)
		expect(read(withParams(`<!--${'a'.repeat(9_000_000)}-->`))).toEqual(bound)
		expect(read(withParams(`<!--<base64>${'A'.repeat(9_000_000)}-->`))).toEqual(bound)
		expect(read(withParams(param(`<base64>${'AAAA\n'.repeat(1_700_000)}</base64>`)))).toHaveLength(1)
		const long = 'a'.repeat(1_048_576)
		expect(read(withParams(param('1') + param(long)))).toEqual(['1', long])
		expect(read(withParams(param('1') + param(`${long}a`)))).toEqual(bound)
		expect(read(withParams(param(`<base64>${long}aaaa</base64>`)))).toEqual([XmlRpcBase64.read(`${long}aaaa`)])
	})

	it('refuses a thousand entities of entities within 50 ms', () => {
		const laughs = `<!DOCTYPE m [${Array.from({ length: 1_000 }, (_, at) => `<!ENTITY a${at + 1} "&a${at};&a${at};">`).join('')}]><m>&a999;</m>`
		// The best of some: the first may fall together with a garbage collection.
		const took = [1, 2, 3, 4, 5].map(() => {
			const begun = process.cpuUsage()
			expect(read(laughs)).toEqual([-32_700, 200, 'doctype'])
			return process.cpuUsage(begun).user / 1_000
		})
		expect(Math.min(...took)).toBeLessThan(50)
	})
})

describe('multicall', () => {
	const entry = (methodName: string, params?: XmlRpcValue): XmlRpcValue =>
		params === undefined ? { methodName } : { methodName, params }
	const multicall = (calls: XmlRpcValue): XmlRpcRequest => readXmlRpcCall(formatXmlRpcCall('system.multicall', [calls]))

	it('reads one array of up to 50 calls', () => {
		const calls = Array.from({ length: 50 }, () => entry('wp.getPosts', [1, 'jane', 'secret']))
		expect(multicall(calls)).toEqual({ kind: 'call', method: 'system.multicall', params: [calls] })
		expect(multicall([...calls, entry('a')])).toMatchObject({ fault: -32_600, status: 400, reason: 'too-many-calls' })
		expect(readXmlRpcCall(formatXmlRpcCall('system.multicall', [calls]), { maxCalls: 49 })).toMatchObject({
			fault: -32_600,
		})
	})

	it('#216 refuses calls that are no array, numbered or not', () => {
		for (const params of [[], ['a'], [{ 0: entry('a') }], [[entry('a')], 1]])
			expect(read(formatXmlRpcCall('system.multicall', params))).toEqual(value)
	})

	it.each([
		['a call', entry(' wp.getPosts ', [1, 'jane']), { kind: 'call', method: 'wp.getPosts', params: [1, 'jane'] }],
		['#207 another multicall', entry('system.multicall', [[]]), { kind: 'refused', fault: -32_600 }],
		['#209 no params', entry('wp.getPosts'), { kind: 'refused', fault: 400 }],
		['no name', { params: [] }, { kind: 'refused', fault: -32_600 }],
		['a name of another type', { methodName: 1, params: [] }, { kind: 'refused', fault: -32_600 }],
		['no struct', 'wp.getPosts', { kind: 'refused', fault: -32_602 }],
		['#216 params as a numbered struct', entry('a', { 0: 'jane' }), { kind: 'refused', fault: -32_602 }],
		['#216 one array for all arguments', entry('a', [[1, 'jane']]), { kind: 'refused', fault: -32_602 }],
	])('reads one entry in place: %s', (_what, sent, expected) => {
		expect(readXmlRpcSubCall(sent)).toEqual(expected)
	})
})

// What XML can carry; a text is never blank, for WordPress trims it away.
const texts = fc.string({ unit: 'grapheme', maxLength: 20 })
const values = fc.letrec<{ value: XmlRpcValue }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		texts,
		fc.boolean(),
		fc.integer(),
		fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
		fc.uint8Array({ maxLength: 20 }).map((bytes) => XmlRpcBase64.of(bytes)),
		fc
			.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
			.map((date) => new XmlRpcDate(date.toISOString().slice(0, 19).replaceAll('-', ''))),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(
			texts.map((name) => name.trim()),
			tie('value'),
			{ maxKeys: 4 },
		),
	),
})).value

/** Whether what begins there is outside of every comment and CDATA section. */
function isTag(document: string, at: number): boolean {
	const before = document.slice(0, at)
	const outside = before.replaceAll(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>/g, '')
	return !outside.includes('<!--') && !outside.includes('<![CDATA[')
}

describe('properties', () => {
	it('reads back what it writes', () => {
		fc.assert(
			fc.property(fc.array(values, { maxLength: 5 }), (params) => {
				const request = readXmlRpcCall(formatXmlRpcCall('a.b', ['first', ...params]))
				if (request.kind === 'refused') expect(request.reason).toBe('unwrapped')
				else expect(request.params).toEqual(['first', ...params])
			}),
		)
	})

	it('writes anew whatever it reads, to the same reading, and never throws on a changed document', () => {
		const pieces = fc.constantFrom(
			'<',
			'>',
			'&',
			'</value>',
			'<value>',
			'<string>',
			'<nil/>',
			']]>',
			'<!--',
			'&#13;',
			'\uD800',
			'',
		)
		fc.assert(
			fc.property(
				fc.array(values, { maxLength: 3 }),
				pieces,
				fc.nat(),
				fc.nat({ max: 8 }),
				(params, piece, at, removed) => {
					const written = formatXmlRpcCall('a.b', ['first', ...params])
					const position = at % written.length
					const changed = readXmlRpcCall(written.slice(0, position) + piece + written.slice(position + removed))
					if (changed.kind === 'call')
						expect(readXmlRpcCall(formatXmlRpcCall(changed.method, changed.params))).toEqual(changed)
				},
			),
			{ numRuns: 1_000 },
		)
	})

	it('T41 reads long texts, which it does not give to the parser, as the parser reads them', () => {
		const long = 'a'.repeat(80)
		const pieces = fc.constantFrom(
			long,
			'<string>',
			'</string>',
			'<base64>',
			'</base64>',
			'<value>',
			'</value>',
			'<!--',
			'-->',
			'<![CDATA[',
			']]>',
			'&amp;lt;',
			'&quot;&apos;&gt;',
			'&#13;',
			'&nbsp;',
			'&',
			'\r\n',
			'\u0001',
			'é',
			'\u{1F600}',
			'\uFFFE',
			'=',
		)
		const wrap = fc.constantFrom(['<string>', '</string>'], ['<base64>', '</base64>'], ['', ''])
		fc.assert(
			fc.property(wrap, fc.array(pieces, { maxLength: 8 }), ([open = '', close = ''], all) => {
				const document = withParams(param('1') + param(open + long + all.join('') + close))
				// With a space in its tags nothing is taken out of the parser's hands.
				const unseen = document.replaceAll(/<(string|base64|value|name)>/g, (found, name, at) =>
					isTag(document, Number(at)) ? `<${String(name)} >` : found,
				)
				expect(read(document)).toEqual(read(unseen))
			}),
			{ numRuns: 3_000 },
		)
		expect(read(withParams(param('1') + param(`<string>${long}&amp;lt;&#65;</string>`)))).toEqual(['1', `${long}&lt;A`])
		expect(read(withParams(param('1') + param(`<string>${long}]]></string>`)))).toEqual(malformed)
		expect(read(withParams(param('1') + param(`<string>${long}&</string>`)))).toEqual(malformed)
	})

	it('never throws, whatever bytes arrive', () => {
		fc.assert(fc.property(fc.uint8Array(), (bytes) => void readXmlRpcCall(bytes)))
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readXmlRpcCall(call(text))))
	})
})

/** Where application-passwords.md decides otherwise than the corpus: HTTP 200 for WordPress' own faults, -32602 for two names. */
const decided: Readonly<Record<string, readonly [fault: number, status: number]>> = {
	'XML-008': [-32_700, 200],
	'XML-009': [-32_700, 200],
	'XML-012': [-32_700, 200],
	'XML-018': [-32_602, 400],
	'XML-023': [-32_700, 200],
}

const guess = { methodName: 'wp.getPosts', params: [1, 'jane', 'guess'] }
const fixtures: Readonly<Record<string, string>> = {
	'XML-027': formatXmlRpcCall('system.multicall', [[guess, guess, guess]]),
	'XML-028': formatXmlRpcCall('system.multicall', [Array.from({ length: 500 }, () => guess)]),
}

it.each(cases)('$id $label', ({ id, input, gen, expect: expected }) => {
	const text = fixtures[id] ?? (gen === undefined ? input : gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix)
	const request = readXmlRpcCall(text ?? '')
	if (expected.outcome === 'accept') expect(request.kind).toBe('call')
	else {
		const [fault, status] = decided[id] ?? [expected.fault, expected.http]
		expect(request).toMatchObject({ kind: 'refused', fault, status })
	}
})
