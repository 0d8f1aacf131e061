import { endpoints } from '@postern/api/contract'
import { expect, test } from 'vitest'
import { openApiDocument } from './openapi.ts'

const document = openApiDocument('1.2.3', 'https://postern.example')
const paths = document['paths'] as Record<
	string,
	Record<string, { responses: Record<string, { description: string }> }>
> // as written above

test('describes every endpoint of the contract, and nothing else', () => {
	const described = Object.entries(paths).flatMap(([path, item]) =>
		Object.keys(item).map((method) => `${method} ${path}`),
	)
	expect(described.toSorted()).toEqual(
		endpoints.map(({ method, path }) => `${method.toLowerCase()} ${path}`).toSorted(),
	)
})

test('names each problem under its status', () => {
	const responses = paths['/workspaces/{workspaceId}/connectors/verify']?.['post']?.responses
	expect(responses?.['422']?.description).toContain('site-credential/looks-like-login-password')
	expect(responses?.['401']?.description).toContain('account/session-required')
	expect(responses?.['404']?.description).toBe('request/not-found')
})

test('names what a site may answer where it is asked before the answer begins', () => {
	const responses = paths['/workspaces/{workspaceId}/sites/discover']?.['post']?.responses
	expect(responses?.['504']?.description).toBe('network/timeout')
	expect(responses?.['502']?.description).toContain('tls/expired')
	expect(paths['/workspaces/{workspaceId}/connectors/verify']?.['post']?.responses['502']).toBeUndefined()
})

test('names the types of a file that is downloaded', () => {
	const success = paths['/workspaces/{workspaceId}/activity/export']?.['get']?.responses['200']
	expect(success).toMatchObject({ content: { 'text/csv': {}, 'application/jsonl': {} } })
})

test('names both ways in, and the scope that an application password needs', () => {
	const { components } = document as { components: { securitySchemes: Record<string, { type: string; in?: string }> } } // as above
	expect(components.securitySchemes).toMatchObject({
		session: { type: 'apiKey', in: 'cookie' },
		applicationPassword: { type: 'http', scheme: 'basic' },
	})
	const security = (path: string, method: string) => paths[path]?.[method] as unknown as { security: unknown } // each has it
	expect(security('/workspaces/{workspaceId}/connectors', 'get').security).toEqual([
		{ session: [] },
		{ applicationPassword: ['postern:connectors:read'] },
	])
	expect(security('/workspaces/{workspaceId}', 'patch').security).toEqual([{ session: [] }])
	expect(security('/status', 'get').security).toEqual([])
})

test('is plain JSON that says where the API is', () => {
	const read: unknown = JSON.parse(JSON.stringify(document))
	expect(read).toEqual(document)
	expect(read).toMatchObject({
		openapi: '3.1.0',
		info: { version: '1.2.3' },
		servers: [{ url: 'https://postern.example/api/v1' }],
	})
})
