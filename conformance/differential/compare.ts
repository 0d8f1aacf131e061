import type { FieldValue, Permit, PostCondition, RestRequest, XmlRpcGatewayRequest } from '@postern/policy'
import { createHash } from 'node:crypto'
import { conditionsOf, decideCalls, decideRest, type Decision, type Grant, type Policy } from './decide-here.ts'
import { asPhpSays, isMap, isSame, isSameText, xmlRpcAsJson, type JsonMap } from './same-value.ts'
import type { Json } from './plain-request.ts'
import type { AskedEvent, RanRequest } from './what-ran.ts'

export type Compared = {
	readonly policy: typeof Policy
	readonly grant: Grant
	readonly decision: Decision
	/** Everything that reached the site because of this one request. */
	readonly ran: readonly RanRequest[]
	/** Whose the site's credential is there. */
	readonly siteUser: { readonly id: number; readonly username: string; readonly secretMark: string }
	/** How a secret of Postern's would be noted there. */
	readonly callerMarks: readonly string[]
	/** Whether it was sent by the gateway, which looks at posts before it sends a change. */
	readonly isGateway: boolean
}

/** The site must have run what was decided, once, and nothing else. Gives what is wrong, in words. */
export function compare(compared: Compared): readonly string[] {
	const { decision, ran } = compared
	const lookUps = ran.filter((one) => isLookUp(one, conditionsOf(decision)))
	const main = ran.filter((one, at) => !lookUps.includes(one) && !(at > 0 && isLoginCheck(one)))
	if (decision.kind === 'refused')
		return ran.map(({ http }) => `refused (${decision.code}), but sent: ${http.method} ${http.target}`)
	const [request, ...more] = main
	if (request === undefined) return []
	return [
		...more.map(({ http }) => `sent more than once: ${http.method} ${http.target}`),
		...checkHeaders(request, compared),
		...(decision.kind === 'rest'
			? checkRest(request, decision.permit, compared)
			: checkXmlRpc(request, decision.permit, compared)),
	]
}

/** What a secret is noted as. */
export function markOf(secret: string): string {
	return `secret:${createHash('sha256').update(secret.replaceAll(' ', '')).digest('hex').slice(0, 16)}`
}

/** A question of Postern's own about a post that a condition names. */
function isLookUp(ran: RanRequest, conditions: readonly PostCondition[]): boolean {
	const { calls } = ran
	return conditions.some(({ id, lookUp }) => {
		if (lookUp.kind === 'rest') {
			const route = `/wp/v2/${lookUp.restBase}/${id}`
			const ofRevision = `${route}/revisions/${lookUp.revision}`
			return asksFor(ran, route, 'id,type,status,author') || asksFor(ran, ofRevision, 'id,parent')
		}
		const [call] = calls
		const isPost = calls.length === 1 && call?.method === 'wp.getPost' && isMap(call.args)
		return isPost && plainText(call.args['3']) === String(id)
	})
}

function asksFor({ http, asked }: RanRequest, route: string, fields: string): boolean {
	const [one] = asked
	if (http.method !== 'GET' || asked.length !== 1 || one?.route !== route || !isMap(one.query)) return false
	return hasOnly(one.query, ['context', '_fields', 'rest_route']) && one.query['_fields'] === fields
}

/** A fault 403 may be about the post or about the login: then Postern asks who it is there. */
function isLoginCheck({ calls, ran }: RanRequest): boolean {
	return calls.length === 1 && calls[0]?.method === 'wp.getUsersBlogs' && ran.length === 0
}

const plainText = (value: Json | undefined): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : ''
const hasOnly = (map: Json, names: readonly string[]): boolean =>
	isMap(map) && Object.keys(map).every((name) => names.includes(name))

const passedOn = new Set([
	'host',
	'user-agent',
	'accept',
	'accept-language',
	'accept-encoding',
	'authorization',
	'connection',
	'content-type',
	'content-length',
	'content-disposition',
	'transfer-encoding',
	'if-none-match',
	'if-modified-since',
	'range',
	'sec-fetch-mode',
])

function checkHeaders({ http }: RanRequest, { decision, siteUser, isGateway }: Compared): readonly string[] {
	const strange = Object.keys(http.headers).filter((name) => !passedOn.has(name))
	const authorization = http.headers['authorization']
	const expected = decision.kind === 'rest' ? `as ${siteUser.username}` : undefined
	return [
		...strange.map((name) => `passed on a header: ${name}`),
		...(isGateway && authorization !== expected ? [`authorized as ${authorization}, not ${expected}`] : []),
	]
}

function checkRest(request: RanRequest, permit: Permit<RestRequest>, compared: Compared): readonly string[] {
	const [asked, ...others] = request.asked
	if (asked === undefined) return [`not taken for REST: ${request.http.method} ${request.http.target}`]
	const decided = permit.request
	return [
		...differ('method', decided.method, asked.method),
		...differ('route', routeOf(decided), tidyRoute(plainLetters(asked.route))),
		...differ('user', compared.siteUser.id, asked.user),
		...checkParameters(permit, asked),
		...checkPath(request),
		...(decided.body.kind === 'batch' ? checkItems(decided.body.requests, others) : checkEmbedded(others, compared)),
		...checkAgain(request, compared),
	]
}

const differ = (what: string, decided: string | number, ran: string | number): readonly string[] =>
	decided === ran ? [] : [`${what}: decided ${decided}, ran ${ran}`]

const routeOf = ({ segments }: Pick<RestRequest, 'segments'>): string => `/${segments.join('/')}`
/** Letters beyond ASCII stay encoded where WordPress takes the route out of the path. */
const plainLetters = (route: string): string =>
	route.replace(/(?:%[89A-F][0-9A-F])+/gi, (encoded) => Buffer.from(encoded.replaceAll('%', ''), 'hex').toString())

/** A slash at the end says nothing, and templates have two before their name. */
const tidyRoute = (route: string): string =>
	route === '/' ? route : route.replace(/\/$/, '').replace(/^(\/wp\/v2\/template(?:s|-parts)\/[^/]+)\/\//, '$1/')

/** Of the query and the body together: a place of its own says nothing, but each name must have the one value. */
function checkParameters({ request }: Permit<RestRequest>, asked: AskedEvent): readonly string[] {
	if (request.body.kind === 'batch') return []
	const decided = new Map<string, FieldValue>(request.query)
	if (request.body.kind === 'fields') for (const [name, value] of request.body.fields) decided.set(name, value)
	const ran: Record<string, Json> = {}
	for (const place of [asked.query, asked.form, asked.json]) if (isMap(place)) Object.assign(ran, place)
	delete ran['rest_route']
	const isStreamed = request.body.kind === 'file' || request.body.kind === 'form-with-file'
	const names = new Set([...decided.keys(), ...Object.keys(ran)])
	return [...names].flatMap((name) => {
		// A bare one is written out, as far as it is granted; what it pulls in is looked at below.
		if (name === '_embed') return []
		const said = decided.get(name)
		if (
			said === undefined &&
			isStreamed &&
			isMap(asked.form) &&
			Object.hasOwn(asked.form, name) &&
			uploadFields.has(name)
		)
			return []
		const want = said === undefined ? undefined : asPhpSays(said)
		return isSame(want, ran[name])
			? []
			: [`parameter ${name}: decided ${JSON.stringify(want)}, ran ${JSON.stringify(ran[name])}`]
	})
}

/** What a form with a file may say beside the file (T23). */
const uploadFields = new Set([
	'title',
	'caption',
	'alt_text',
	'description',
	'post',
	'status',
	'date',
	'date_gmt',
	'slug',
])

const ofWordPress = /^\/(?:wp\/v2|oembed|batch|wp-site-health|wp-block-editor)\b/

/** What stands in the path is what the callback gets, or another parameter has beaten it. */
function checkPath({ ran }: RanRequest): readonly string[] {
	return ran.flatMap(({ path, effective, pattern }) => {
		// What a plugin calls what stands in its paths nobody knows, and its scope is for all of them.
		if (!isMap(path) || !isMap(effective) || !ofWordPress.test(pattern)) return []
		return Object.entries(path).flatMap(([name, value]) => {
			const got = effective[name]
			const isSanitized =
				/plugin|template|stylesheet/.test(pattern) &&
				plainText(got).replaceAll('//', '/').startsWith(plainText(value).replaceAll('//', '/'))
			return isSameText(value, got) || isSanitized
				? []
				: [`parameter ${name} beat the path: ${JSON.stringify(value)} there, ran ${JSON.stringify(got)}`]
		})
	})
}

function checkItems(items: readonly RestRequest[], asked: readonly AskedEvent[]): readonly string[] {
	// One that does not validate stops them all, where that was asked for.
	if (asked.length === 0) return []
	if (asked.length !== items.length) return [`items: decided ${items.length}, ran ${asked.length}`]
	return items.flatMap((item, at) => {
		const ran = asked[at]
		if (ran === undefined) return []
		const fields = item.body.kind === 'fields' ? [...item.body.fields] : []
		const decided = Object.fromEntries([...item.query, ...fields].map(([name, value]) => [name, asPhpSays(value)]))
		const got: Record<string, Json> = {}
		for (const place of [ran.query, ran.form, ran.json]) if (isMap(place)) Object.assign(got, place)
		const missing = [...new Set([...Object.keys(decided), ...Object.keys(got)])].filter(
			(name) => !Object.hasOwn(got, name) || !Object.hasOwn(decided, name),
		)
		return [
			...differ(`item ${at}, method`, item.method, ran.method),
			...differ(`item ${at}, route`, routeOf(item), tidyRoute(ran.route)),
			...missing.map(
				(name) =>
					`item ${at}, parameter ${name}: decided ${JSON.stringify(decided[name])}, ran ${JSON.stringify(got[name])}`,
			),
		]
	})
}

/** Whatever an answer pulls in must be granted by itself. */
function checkEmbedded(others: readonly AskedEvent[], { policy, grant }: Compared): readonly string[] {
	return others.flatMap(({ method, route, query }) => {
		const judged = decideRest(policy, requestOf(method, route, isMap(query) ? query : {}), grant)
		return judged.ok && method === 'GET' ? [] : [`pulled in ${method} ${route}, which is not granted`]
	})
}

/** What WordPress says it ran, decided on anew. */
function checkAgain({ ran, asked }: RanRequest, { policy, grant, decision }: Compared): readonly string[] {
	const [first] = ran
	const [taken] = asked
	if (first === undefined || taken === undefined || decision.kind !== 'rest') return []
	const { request } = decision.permit
	const fields: Record<string, Json> = {}
	for (const place of [taken.query, taken.form, taken.json]) if (isMap(place)) Object.assign(fields, place)
	delete fields['rest_route']
	// The items of a batch are held to what was decided one by one.
	const again = request.body.kind === 'batch' ? request : requestOf(first.method, first.route, fields)
	const judged = decideRest(policy, again, grant)
	return judged.ok
		? []
		: [`what ran is refused (${judged.problem.code}): ${first.method} ${first.route} ${JSON.stringify(fields)}`]
}

function requestOf(method: string, route: string, fields: JsonMap): RestRequest {
	const isChange = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
	const given = new Map(Object.entries(fields))
	const segments = tidyRoute(route)
		.split('/')
		.filter((one) => one !== '')
	return {
		kind: 'rest',
		method: method as RestRequest['method'], // as WordPress noted it
		segments: /^(?:wp|batch)$/i.test(segments[0] ?? '') ? segments.map((one) => one.toLowerCase()) : segments,
		query: isChange ? new Map() : given,
		body: isChange ? { kind: 'fields', fields: given } : { kind: 'none' },
	}
}

function checkXmlRpc(
	request: RanRequest,
	permit: Permit<XmlRpcGatewayRequest>,
	{ siteUser, callerMarks, policy, grant }: Compared,
): readonly string[] {
	const { calls } = permit.request
	if (calls.length !== request.calls.length) return [`calls: decided ${calls.length}, ran ${request.calls.length}`]
	const judged = decideCalls(policy, permit.request, grant)
	const leaked = callerMarks.filter((mark) => JSON.stringify(request.calls).includes(mark))
	return [
		...leaked.map(() => 'a password of Postern’s reached the site'),
		...(judged.ok ? [] : [`what ran is refused (${judged.problem.code})`]),
		...calls.flatMap(({ method, params }, at) => {
			const ran = request.calls[at]
			const args = ran !== undefined && isMap(ran.args) ? ran.args : {}
			const credentials = method.credentials ?? []
			const decided = params.map((one, place) =>
				place === credentials[0]
					? siteUser.username
					: place === credentials[1]
						? siteUser.secretMark
						: xmlRpcAsJson(one),
			)
			return [
				...differ(`call ${at}`, method.name, ran?.method ?? 'nothing'),
				...(isSame(decided, args)
					? []
					: [`call ${at}, parameters: decided ${JSON.stringify(decided)}, ran ${JSON.stringify(args)}`]),
			]
		}),
	]
}
