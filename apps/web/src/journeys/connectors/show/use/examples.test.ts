import { isScope } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { examplesOf, PLACEHOLDER, tools, toolsFor, type Example, type Place } from './examples.ts'

const onPath: Place = { gatewayUrl: 'https://postern.example/sites/garden/', username: 'ada', slug: 'garden' }
const onHost: Place = { gatewayUrl: 'https://garden.sites.example/', username: 'ada', slug: 'garden' }

const textOf = (example: Example) =>
	'code' in example ? example.code : example.fields.map(({ value }) => value).join('\n')

describe.each(tools)('how to use it with %s', (tool) => {
	it.each([onPath, onHost])('holds the real address, who signs in and the placeholder: $gatewayUrl', (place) => {
		for (const example of examplesOf(tool, place)) {
			const text = textOf(example)
			const addresses = text.match(/https?:[^\s"'<]+/g) ?? []
			expect(addresses.length).toBeGreaterThan(0)
			for (const address of addresses) expect(`${address}/`.startsWith(place.gatewayUrl), address).toBe(true)
			expect(text).toContain(PLACEHOLDER)
			expect(text).toContain('ada')
			expect(text).not.toMatch(/[^:]\/\//)
		}
	})

	it('names a scope that exists for each example', () => {
		for (const { scope } of examplesOf(tool, onPath)) expect(isScope(scope), scope).toBe(true)
	})
})

it('gives an agent a block that its settings take as it is', () => {
	for (const example of examplesOf('agent', onPath)) {
		const block: unknown = 'code' in example ? JSON.parse(example.code) : undefined
		expect(block).toMatchObject({ mcpServers: { garden: { command: 'npx', args: ['-y', expect.any(String)] } } })
	}
})

it('gives the MCP endpoint in full to a program that takes a path for it', () => {
	const texts = examplesOf('agent', onPath).map(textOf).join('\n')
	expect(texts).toContain('"WP_API_URL": "https://postern.example/sites/garden/wp-json/mcp/mcp-adapter-default-server"')
})

it('lets an agent reach a Postern without https only where it is one', () => {
	const texts = (place: Place) => examplesOf('agent', place).map(textOf).join('\n')
	expect(texts({ ...onPath, gatewayUrl: 'http://localhost:4600/sites/garden/' })).toContain(
		'"ALLOW_INSECURE_HTTP": "true"',
	)
	expect(texts(onPath)).not.toContain('ALLOW_INSECURE_HTTP')
})

it('offers for a site that is reached over XML-RPC nothing that would ask for its REST API', () => {
	const texts = toolsFor({ transport: 'xml-rpc' }).flatMap((tool) => examplesOf(tool, onPath).map(textOf))
	expect(texts.length).toBeGreaterThan(0)
	for (const text of texts) expect(text).not.toContain('wp-json')
	expect(toolsFor({ transport: 'rest' })).toEqual(tools)
})
