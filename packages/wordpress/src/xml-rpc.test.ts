import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readXmlRpcResponse } from './read-xml-rpc.ts'
import { formatXmlRpcCall, formatXmlRpcFault, formatXmlRpcResponse } from './write-xml-rpc.ts'
import { XmlRpcDate, type XmlRpcValue } from './xml-rpc-value.ts'

// What XML can carry; \r survives because the writer escapes it.
const texts = fc.string({ unit: 'grapheme', maxLength: 30 })
const { value: values } = fc.letrec<{ value: XmlRpcValue }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 5 },
		texts,
		fc.boolean(),
		fc.integer(),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(
			texts.map((name) => name.trim()),
			tie('value'),
			{ maxKeys: 4 },
		),
	),
}))

const response = (inner: string) => `<?xml version="1.0"?><methodResponse>${inner}</methodResponse>`
const param = (inner: string) => response(`<params><param><value>${inner}</value></param></params>`)

describe('XML-RPC', () => {
	it('reads back what it writes', () => {
		fc.assert(
			fc.property(values, (value) => {
				const read = readXmlRpcResponse(formatXmlRpcResponse(value))
				expect(read.kind === 'value' && JSON.stringify(read.value)).toBe(JSON.stringify(value))
			}),
		)
		expect(readXmlRpcResponse(formatXmlRpcFault(403, 'No <b>&'))).toEqual({
			kind: 'fault',
			code: 403,
			message: 'No <b>&',
		})
	})

	it('types every parameter, so that WordPress drops none', () => {
		expect(formatXmlRpcCall('wp.getUsersBlogs', ['a&b', ''])).toBe(
			'<?xml version="1.0" encoding="UTF-8"?><methodCall><methodName>wp.getUsersBlogs</methodName><params>' +
				'<param><value><string>a&amp;b</string></value></param><param><value><string></string></value></param>' +
				'</params></methodCall>',
		)
	})

	it('reads what WordPress sends, blank lines in front included', () => {
		const sent = `\n\uFEFF<?xml version="1.0" encoding="UTF-8"?>
<methodResponse>
  <params>
    <param>
      <value>
      <array><data>
  <value><struct>
  <member><name>isAdmin</name><value><boolean>1</boolean></value></member>
  <member><name>url</name><value><string>https://a.example/</string></value></member>
  <member><name>when</name><value><dateTime.iso8601>20261121T10:00:00</dateTime.iso8601></value></member>
</struct></value>
</data></array>
      </value>
    </param>
  </params>
</methodResponse>`
		expect(readXmlRpcResponse(sent)).toEqual({
			kind: 'value',
			value: [{ isAdmin: true, url: 'https://a.example/', when: new XmlRpcDate('20261121T10:00:00') }],
		})
	})

	it.each([
		['a DOCTYPE', `<!DOCTYPE x [<!ENTITY a "b">]>${param('<string>&a;</string>')}`],
		['an unknown entity', param('<string>&nbsp;</string>')],
		['a processing instruction', param('<string>a</string>').replace('<params>', '<?php x ?><params>')],
		['another root', '<html><body>closed</body></html>'],
		['an unclosed element', param('<string>a')],
		['an unknown type', param('<nil/>')],
		['two values', response('<params><param><value>a</value><value>b</value></param></params>')],
		['two parameters', response('<params><param><value>a</value></param><param><value>b</value></param></params>')],
		['stray text', param('a<string>b</string>')],
		[
			'a struct member twice',
			param(
				'<struct><member><name>a</name><value>1</value></member><member><name>a</name><value>2</value></member></struct>',
			),
		],
		['a fault without a code', response('<fault><value><struct></struct></value></fault>')],
		['a number that is none', param('<int>0x10</int>')],
		['40 nested values', param('<array><data><value>'.repeat(40) + 'a' + '</value></data></array>'.repeat(40))],
		['deep junk', param('<a>'.repeat(20_000))],
		['too many elements', param(`<array><data>${'<value>1</value>'.repeat(10_000)}</data></array>`)],
		['nothing', ''],
		['JSON', '{"code":"rest_no_route"}'],
	])('refuses %s', (_what, text) => {
		expect(readXmlRpcResponse(text)).toEqual({ kind: 'malformed' })
	})

	it('never throws, whatever arrives', () => {
		fc.assert(fc.property(fc.string(), (text) => void readXmlRpcResponse(`<methodResponse>${text}</methodResponse>`)))
	})

	it('does not write, or quote, what XML cannot carry', () => {
		expect(() => formatXmlRpcCall('m', ['secret\u0000'])).toThrow(/^(?!.*secret)/)
	})
})
