import type { Focus } from './generate.ts'

/** A rule that is taken out, to see that something notices. */
export type Guard = {
	readonly name: string
	readonly threats: readonly string[]
	/** All places where the rule stands; a text must stand in its file once. */
	readonly edits: readonly Edit[]
	/** What to generate for it. */
	readonly focus: Focus
	/** The unit tests of policy that are asked where WordPress runs what was decided all the same: the rest stops it. All if not given. */
	readonly tests?: readonly string[]
}

/** `file` is within `packages/policy/src`. */
export type Edit = { readonly file: string; readonly text: string; readonly replacement: string }

const edit = (file: string, text: string, replacement: string): Edit => ({ file, text, replacement })

export const guards: readonly Guard[] = [
	{
		name: 'names of parameters that PHP spells anew are refused',
		threats: ['T22'],
		edits: [edit('rest/parameter-tree.ts', ' || !plainName.test(name)', '')],
		focus: {
			spellings: ['rest_route, another', 'rest_route respelled, alone', '_method', 'brackets that do not match'],
		},
	},
	{
		name: 'rest_route is not passed on',
		threats: ['T22'],
		edits: [
			edit(
				'rest/read-head.ts',
				"if (given === undefined) return fromPath === undefined ? fail('gateway/path-malformed') : ok(fromPath)",
				"if (fromPath !== undefined) return ok(fromPath)\n\tif (given === undefined) return fail('gateway/path-malformed')",
			),
		],
		focus: { spellings: ['rest_route, another'] },
	},
	{
		name: 'rest_route that differs from the path is a conflict',
		threats: ['T22'],
		edits: [
			edit('rest/read-head.ts', 'return areSame(route.value, fromPath)', 'return areSame(route.value, route.value)'),
		],
		focus: { spellings: ['rest_route, another'] },
		tests: ['rest'],
	},
	{
		name: 'the method that WordPress would run is the one that is decided on',
		threats: ['T24'],
		edits: [
			edit(
				'rest/rest-methods.ts',
				'if (given.parameter === undefined && given.header === undefined) return ok(own)',
				'if (own !== undefined) return ok(own)',
			),
			edit('rest/read-head.ts', "query.value.delete('_method')", ''),
		],
		focus: { spellings: ['_method', 'POST that overrides', 'both overrides'] },
	},
	{
		name: 'a GET is never named anew',
		threats: ['T24'],
		edits: [edit('rest/rest-methods.ts', "if (own !== 'POST') {", "if (own === 'DELETE') {")],
		focus: { spellings: ['_method', 'override header', 'both overrides'] },
		tests: ['rest'],
	},
	{
		name: 'a parameter that beats the path is refused',
		threats: ['T25'],
		edits: [edit('accesses-of-rest.ts', 'if (beaten !== undefined) return', "if (beaten === '') return")],
		focus: {
			spellings: ['another id in the query'],
			bodies: ['json, another id', 'form, another id', 'multipart, another id'],
		},
	},
	{
		name: 'what the query and the body say is the same, or refused',
		threats: ['T25', 'T29'],
		edits: [
			edit('rest/join-fields.ts', 'if (both.length === 0) return ok(query)', 'if (both.length >= 0) return ok(query)'),
		],
		focus: { spellings: ['power in the query', 'another id in the query', 'a name twice'] },
		tests: ['rest'],
	},
	{
		name: 'a name that stands twice is refused',
		threats: ['T29'],
		edits: [
			edit(
				'rest/parameter-tree.ts',
				'	else if (known !== given.value)\n',
				"	else if (known === '' && known !== given.value)\n",
			),
		],
		focus: { spellings: ['a name twice'], bodies: ['form, a name twice', 'multipart, a name twice'] },
		tests: ['rest'],
	},
	{
		name: 'at most so many parameters, because PHP drops the rest',
		threats: ['T29'],
		edits: [edit('rest/parameter-tree.ts', 'count > maxParameters || ', '')],
		focus: { spellings: ['over 1000'], bodies: ['form, over 1000 fields'] },
		tests: ['rest'],
	},
	{
		name: 'no _envelope, _jsonp and what plugins steer by',
		threats: ['T28'],
		edits: [edit('rest/parameter-tree.ts', 'if (isRefused(base) || ', 'if (')],
		focus: { spellings: ['_envelope', '_jsonp', 'WordPress’ own'] },
		tests: ['rest'],
	},
	{
		name: '_embed brings only what is granted',
		threats: ['T28'],
		edits: [edit('decide.ts', 'leftOut.push(access.embeds)', 'void access.embeds')],
		focus: { spellings: ['_embed'], families: ['posts', 'pages', 'media', 'comments', 'posts/{id}'] },
	},
	{
		name: '_embed by name is granted by name',
		threats: ['T28'],
		edits: [edit('embeds.ts', 'if (wanted === undefined) return []', "if (wanted !== 'all') return []")],
		focus: { spellings: ['_embed'], families: ['posts', 'pages', 'media', 'comments', 'posts/{id}'] },
	},
	{
		name: 'routes are found without regard to letter case',
		threats: ['T21'],
		edits: [
			edit(
				'routes/find-route.ts',
				'node.literals.get(segment) ?? node.literals.get(lower(segment))',
				'node.literals.get(segment)',
			),
			edit('rest/read-route.ts', 'return ok(inCanonicalCase(segments))', 'return ok(segments)'),
		],
		focus: { spellings: ['capitals', 'one capital'] },
		tests: ['rest', 'routes', 'decide.test.ts', 'accesses-of-rest.test.ts'],
	},
	{
		name: 'namespaces of plugins are found without regard to letter case',
		threats: ['T21', 'T32'],
		edits: [
			edit(
				'accesses-of-namespace.ts',
				'return first === undefined || coreNamespaces.has(lower(`${first}/${second}`))',
				'return first === undefined || coreNamespaces.has(`${first}/${second}`)',
			),
			edit(
				'accesses-of-namespace.ts',
				"needs.push({ scopes: [`ns:${namespace}:${isWrite ? 'write' : 'read'}`] })",
				"needs.push({ scopes: ['site:read'] })",
			),
		],
		focus: {
			spellings: ['plain', 'capitals'],
			families: ['plugin namespace', 'dangerous namespace', 'plugin namespace/{id}'],
		},
	},
	{
		name: 'dot segments are refused',
		threats: ['T21', 'T34'],
		edits: [
			edit(
				'rest/read-route.ts',
				"segment === undefined || segment === '.' || segment === '..'",
				'segment === undefined',
			),
		],
		focus: { spellings: ['dot segment', 'out of the API'] },
		tests: ['rest'],
	},
	{
		name: 'a segment holds nothing that servers read in more than one way',
		threats: ['T21'],
		edits: [edit('rest/read-route.ts', 'return allowedSegment.test(segment) ? segment : undefined', 'return segment')],
		focus: {
			spellings: [
				'encoded slash',
				'NUL',
				'newline behind',
				'semicolon',
				'encoded twice',
				'encoded question mark',
				'backslash',
			],
		},
		tests: ['rest'],
	},
	{
		name: 'one slash between segments',
		threats: ['T21'],
		edits: [
			edit(
				'rest/read-route.ts',
				"if (part === '' && isBeforeTemplateSlug(segments, index, parts.length)) continue",
				"if (part === '') continue",
			),
		],
		focus: { spellings: ['doubled slash', 'rest_route, odd value'] },
		tests: ['rest'],
	},
	{
		name: 'a body only where WordPress looks for one',
		threats: ['T26'],
		edits: [
			edit(
				'rest/read-body-kind.ts',
				"if (!takesBody(place.method)) return fail('gateway/body-malformed')",
				"if (!takesBody(place.method)) return ok({ kind: 'none' })",
			),
		],
		focus: { bodies: ['json on GET', 'form on GET'] },
		tests: ['rest'],
	},
	{
		name: 'JSON by its exact type, and nothing else as JSON',
		threats: ['T29'],
		edits: [edit('rest/content-type.ts', '	const isUtf8 = ', "	const isUtf8 = essence !== '' || ")],
		focus: { bodies: ['json, other charset', 'form, other charset'] },
		tests: ['rest'],
	},
	{
		name: 'a key stands once in JSON',
		threats: ['T29'],
		edits: [
			edit('rest/check-json.ts', 'if (found.members !== measured.members)', 'if (found.members > measured.members)'),
		],
		focus: { bodies: ['json, a key twice', 'json, a key twice by escape'] },
		tests: ['rest'],
	},
	{
		name: 'headers are refused that CGI takes for others',
		threats: ['T24', 'T44'],
		edits: [
			edit(
				'rest/read-headers.ts',
				'return powerful.has(folded) ? refuseHeader(name.toLowerCase()) : undefined',
				'return undefined',
			),
		],
		focus: { spellings: ['underscores'] },
		tests: ['rest'],
	},
	{
		name: 'two content types are refused',
		threats: ['T29'],
		edits: [
			edit('rest/read-headers.ts', 'if (collected[member] !== undefined) return refuseHeader(headerNames[member])', ''),
		],
		focus: { spellings: ['two types'] },
		tests: ['rest'],
	},
	{
		name: 'an item of a batch is decided on like any other request',
		threats: ['T27'],
		edits: [
			edit(
				'accesses-of-rest.ts',
				'const accesses: Access[] = []\n',
				"const accesses: Access[] = [{ needs: [{ scopes: ['site:read'] }], isWrite: true }]\n\tif (accesses.length > 0) return ok(accesses)\n",
			),
		],
		focus: { families: ['batch'] },
	},
	{
		name: 'the path of an item is a plain route',
		threats: ['T27'],
		edits: [
			edit('rest/read-batch.ts', '!isSendable(path)', 'path.length < 0'),
			edit('rest/read-batch.ts', 'if (routing !== undefined) return refuseParameter(routing)', ''),
		],
		focus: { families: ['batch'] },
		tests: ['rest'],
	},
	{
		name: 'a draft stays a draft, whatever status is told',
		threats: ['T26'],
		edits: [edit('post-fields.ts', "name === 'status' ? verbOfStatus(value) : ", "name === 'status' ? 'draft' : ")],
		focus: { families: ['posts', 'posts/{id}', 'pages', 'books'], spellings: ['plain'] },
	},
	{
		name: 'passwords and sticky posts are for who may publish',
		threats: ['T26'],
		edits: [edit('post-fields.ts', "powerful.has(name) ? 'publish' : 'write'", "'draft'")],
		focus: { families: ['posts', 'posts/{id}'], spellings: ['plain', 'power in the query'] },
	},
	{
		name: 'application passwords of the site are out of reach',
		threats: ['T30'],
		edits: [
			edit('routes/core-routes.ts', "const never: Rule = { kind: 'never' }", "const never: Rule = { kind: 'open' }"),
		],
		focus: { families: ['application-passwords', 'application-passwords/{uuid}'], spellings: ['plain'] },
		tests: ['decide.test.ts', 'routes', 'accesses-of-rest.test.ts'],
	},
	{
		name: 'stored scripts want a scope of their own',
		threats: ['T31'],
		edits: [
			edit(
				'accesses-of-rest.ts',
				"if (!site.capabilities.has('unfiltered_html')) return []",
				"if (request.method !== 'GET') return []",
			),
		],
		focus: { families: ['posts', 'posts/{id}', 'pages', 'comments'], spellings: ['plain'] },
	},
	{
		name: 'what the blocks of a text show takes the scope to read it',
		threats: ['T30'],
		edits: [
			edit(
				'shown-blocks.ts',
				'if (!texts.some((text) => listing.test(text))) return scopes',
				'if (texts.length > 0) return []',
			),
		],
		focus: { families: ['posts', 'posts/{id}'], spellings: ['plain'] },
		tests: ['accesses-of-rest.test.ts', 'xml-rpc'],
	},
	{
		name: 'what no scope admits to is denied',
		threats: ['T32'],
		edits: [
			edit(
				'decide.ts',
				'if (granted.length === 0) return failMissing(principal, accesses.slice(accesses.indexOf(access)))',
				'',
			),
		],
		focus: { spellings: ['plain'] },
	},
	{
		name: 'a taxonomy is reached where it was found on the site, and nowhere else',
		threats: ['T32'],
		edits: [
			edit(
				'routes/find-site-route.ts',
				'taxonomies.has(restBase) ? findTermRoute(segments) : undefined',
				'taxonomies.size > 0 ? findTermRoute(segments) : undefined',
			),
		],
		focus: { families: ['genres', 'genres/{id}'], spellings: ['plain'] },
		tests: ['accesses-of-rest.test.ts'],
	},
	{
		name: 'XML-RPC: credentials only in their two places',
		threats: ['T37'],
		edits: [
			edit(
				'xml-rpc/write-xml-rpc.ts',
				'const [userAt, passwordAt] = credentials\n\treturn params.map',
				'const [userAt, passwordAt] = [1, credentials[1]]\n\treturn params.map',
			),
		],
		focus: { families: ['blogger'], spellings: ['plain'] },
	},
	{
		name: 'XML-RPC: every call of a multicall is decided on',
		threats: ['T38'],
		edits: [
			edit(
				'xml-rpc/accesses-of-xml-rpc.ts',
				'return calls.map((call) => accessesOfCall(call, site))',
				'return calls.slice(0, 1).map((call) => accessesOfCall(call, site))',
			),
		],
		focus: { families: ['system'] },
	},
	{
		name: 'XML-RPC: texts are decided on as WordPress trims them',
		threats: ['T41'],
		edits: [
			edit(
				'xml-rpc/read-xml-rpc-request.ts',
				'map(trimmed)\n\tif (method.credentials',
				'map((one) => one)\n\tif (method.credentials',
			),
		],
		focus: { spellings: ['spaces around texts', 'plain'], families: ['wp', 'metaWeblog'] },
		tests: ['xml-rpc'],
	},
	{
		name: 'XML-RPC: no more parameters than the method takes',
		threats: ['T41'],
		edits: [
			edit(
				'xml-rpc/read-xml-rpc-request.ts',
				'params.slice(0, paramsOf(method)).map(trimmed)',
				'params.toReversed().map(trimmed)',
			),
		],
		focus: { families: ['wp', 'metaWeblog'], spellings: ['plain'] },
		tests: ['xml-rpc'],
	},
]
