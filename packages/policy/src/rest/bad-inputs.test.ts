import { describe, expect, it } from 'vitest'
import paths from '../bad-inputs/gateway-path.json' with { type: 'json' }
import requests from '../bad-inputs/gateway-request.json' with { type: 'json' }
import { outcomeOf } from './wire.testing.ts'

const malformed = 'gateway/path-malformed'
const refused = (name: string): string => `gateway/parameter-refused ${name}`
const overriding = 'gateway/header-refused x-http-method-override'
const noMethod = 'request/method-not-allowed GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE'

/** Not a matter of spelling: the gateway's own address, and the wire. */
const elsewhere = new Set(['PTH-037', 'PTH-038', 'PTH-039', 'GWR-033', 'GWR-038'])

/** What goes on to be decided about, or how it is refused. Where a decision is to refuse it, the scopes do (`decide`). */
const pathOutcomes: Readonly<Record<string, string>> = {
	'PTH-001': 'GET /wp/v2/posts',
	'PTH-002': 'GET /wp/v2/posts',
	'PTH-005': malformed,
	'PTH-006': malformed,
	'PTH-008': malformed,
	'PTH-011': malformed,
	'PTH-013': malformed,
	'PTH-014': malformed,
	'PTH-017': malformed,
	'PTH-020': malformed,
	'PTH-022': malformed,
	'PTH-023': malformed,
	'PTH-026': malformed,
	'PTH-027': 'GET /wp/v2/users/me',
	'PTH-028': 'GET /wp/v2/users/me',
	'PTH-029': 'not REST',
	'PTH-030': malformed,
	'PTH-032': malformed,
	'PTH-033': malformed,
	'PTH-034': malformed,
	'PTH-035': 'GET /%40evil.example',
	'PTH-042': 'gateway/parameter-conflict rest_route',
	'PTH-043': refused('rest.route'),
	'PTH-046': refused('rest[route'),
	'PTH-051': refused('rest_route[]'),
	'PTH-052': refused('rest_route'),
	'PTH-054': refused('_method'),
	'PTH-055': refused('.method'),
	'PTH-056': refused('_method'),
	'PTH-061': 'GET /wp/v2/posts?status%5B%5D=draft',
	'PTH-065': refused('.embed'),
	'PTH-066': refused('_envelope'),
	'PTH-067': refused('_jsonp'),
	'PTH-070': 'POST /wp/v2/users/me/application-passwords',
	'PTH-071': 'POST /wp/v2/users/1/application-passwords',
	'PTH-072': 'POST /wp/v2/users',
	'PTH-073': 'POST /wp/v2/users/2',
	'PTH-074': 'POST /wp/v2/plugins',
	'PTH-075': 'POST /wp/v2/settings',
	'PTH-076': 'POST /mcp/mcp-adapter-default-server',
	'PTH-079': 'GET /oembed/1.0/proxy?url=http%3A%2F%2F127.0.0.1%2F',
	// The collection refuses batches; here they are decided item by item, and these two have none.
	'PTH-081': 'gateway/body-malformed',
	'PTH-082': 'gateway/body-malformed',
}

const requestOutcomes: Readonly<Record<string, string>> = {
	'GWR-003': refused('rest.route'),
	'GWR-004': refused('rest_route'),
	'GWR-005': 'gateway/body-malformed',
	'GWR-006': overriding,
	'GWR-007': overriding,
	'GWR-008': 'gateway/header-refused x_http_method_override',
	'GWR-009': 'GET /wp/v2/posts',
	'GWR-014': 'request/content-type',
	'GWR-017': 'POST /wp/v2/posts/5 {"author":1}',
	'GWR-018': 'POST /wp/v2/posts {"title":"x","status":"future","date":"2020-01-01T00:00:00"}',
	'GWR-019': 'POST /wp/v2/posts {"title":"x","content":"<script>fetch(1)</script>"}',
	// The collection wants 403 for these two, because it refuses batches altogether.
	'GWR-020': refused('requests'),
	'GWR-021': 'request/content-type',
	'GWR-022':
		'POST /batch/v1 {"validation":"normal","requests":[{"path":"/wp/v2/users","method":"POST","body":{"username":"x","email":"x@x.co","password":"p","roles":["administrator"]}}]}',
	'GWR-023': 'gateway/body-malformed',
	'GWR-024': 'request/json-duplicate-key path',
	'GWR-026': noMethod,
	'GWR-027': noMethod,
	// The collection wants 400; a method that does not exist is 405 here, as are all others.
	'GWR-029': noMethod,
	'GWR-030': 'OPTIONS /wp/v2/posts',
	'GWR-032': 'GET /wp/v2/users/me',
	'GWR-034': 'GET /',
	'GWR-035': 'GET /wp/v2/users/me',
	// The collection wants 403; a body without a type is refused before the scopes are asked, and not read either.
	'GWR-036': 'request/content-type',
	'GWR-037': 'GET /wp/v2/media',
}

describe('the collection of bad paths', () => {
	for (const { id, label, input, context } of paths.filter((one) => !elsewhere.has(one.id))) {
		it(`${id} ${label}`, () => {
			expect(outcomeOf({ method: context.method, target: input })).toBe(pathOutcomes[id])
		})
	}
})

describe('the collection of bad requests', () => {
	for (const { id, label, input } of requests.filter((one) => !elsewhere.has(one.id))) {
		it(`${id} ${label}`, () => {
			const { method, path, headers, body } = input
			const named = new Map(typeof headers === 'string' ? [] : Object.entries(headers ?? {}))
			const sent = { method, target: path, headers: Object.fromEntries(named) }
			expect(outcomeOf(body === undefined ? sent : { ...sent, body })).toBe(requestOutcomes[id])
		})
	}
})
