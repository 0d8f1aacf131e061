import { formPairs, oddBodies, ordinaryBodies } from './bodies.ts'
import { makeBatch } from './batches.ts'
import { makePlainRequest, type PlainRequest, type Pool } from './plain-request.ts'
import { createRandom, type Random } from './random.ts'
import type { WireRequest } from './raw-connection.ts'
import { spellings, type Draft, type Spelling } from './spellings.ts'
import { makeUpload } from './uploads.ts'
import { makeXmlRpcDocument, type Login } from './xml-rpc-documents.ts'

/** One request of a run, without the credentials of REST. The same seed makes the same. */
export type Generated = {
	readonly seed: number
	readonly kind: 'rest' | 'xml-rpc'
	readonly family: string
	/** `plain`, or the names of its spellings. */
	readonly spelling: string
	/** What the table counts it under. */
	readonly rule: string
	readonly body: string
	readonly wire: WireRequest
}

export type GenerateOptions = {
	readonly pool: Pool
	readonly login: Login
	/** Only such: for a run that is about one guard. */
	readonly focus?: Focus
}

/** One of each list that is given; a body or a spelling is enough where both are. */
export type Focus = {
	readonly families?: readonly string[]
	readonly spellings?: readonly string[]
	readonly bodies?: readonly string[]
}

/** Goes through the seeds that follow until one is of that kind. */
export function generate(seed: number, options: GenerateOptions): Generated {
	const { focus } = options
	for (let tries = 0; tries < 20_000; tries += 1) {
		const generated = generateAny((seed + tries) >>> 0, options)
		if (focus === undefined || isWithin(generated, focus)) return generated
	}
	throw new Error(`nothing of this kind is ever generated: ${JSON.stringify(focus)}`)
}

function isWithin({ family, spelling, body }: Generated, { families, spellings: wanted, bodies }: Focus): boolean {
	const isFamily = families === undefined || families.includes(family)
	const isSpelled = wanted?.includes(spelling) ?? false
	const isBody = bodies?.includes(body) ?? false
	return isFamily && (isSpelled || isBody || (wanted === undefined && bodies === undefined))
}

function generateAny(seed: number, options: GenerateOptions): Generated {
	const random = createRandom(seed)
	const about = random.below(100)
	if (about < 12) return makeXmlRpc(seed, random, options)
	return makeRest(seed, random, options, about)
}

function makeXmlRpc(seed: number, random: Random, { pool, login }: GenerateOptions): Generated {
	const { family, spelling, document } = makeXmlRpcDocument(random, pool, login)
	const contentType = random.chance(0.96)
		? 'text/xml'
		: random.pick([
				'application/xml',
				'text/plain',
				'application/x-www-form-urlencoded',
				'multipart/form-data; boundary=x',
			])
	const wire: WireRequest = {
		method: random.chance(0.99) ? 'POST' : random.pick(['GET', 'PUT', 'HEAD']),
		target: random.chance(0.97)
			? '/xmlrpc.php'
			: random.pick([
					'/xmlrpc.php?rsd',
					'/xmlrpc.php?for=jetpack',
					'/XMLRPC.php',
					'//xmlrpc.php',
					'/xmlrpc.php/x',
					'/./xmlrpc.php',
				]),
		headers: [['Content-Type', contentType]],
		body: Buffer.from(document),
	}
	return {
		seed,
		kind: 'xml-rpc',
		family: family.split('.')[0] ?? family,
		spelling,
		rule: spelling === 'plain' ? 'plain' : 'xml',
		body: 'xml-rpc',
		wire,
	}
}

function makeRest(seed: number, random: Random, { pool }: GenerateOptions, about: number): Generated {
	const plain = makePlainRequest(random, pool)
	const draft = plainly(plain, random)
	let { family } = plain
	let bodyName = putBody(draft, plain, random)
	let first = 'plain'
	if (about < 19) {
		makeBatch(random, pool, draft)
		family = 'batch'
		bodyName = 'batch'
	} else if (about < 22) {
		bodyName = `upload, ${makeUpload(random, draft)}`
		family = 'media upload'
	}
	const chosen = someSpellings(random)
	for (const spelling of chosen) spelling.spell(draft, { plain, random, pool })
	if (chosen[0] !== undefined) first = chosen[0].rule
	const said = chosen.map(({ name }) => name)
	return {
		seed,
		kind: 'rest',
		family,
		spelling: said.length === 0 ? 'plain' : said.join(' + '),
		rule: first,
		body: bodyName,
		wire: wireOf(draft),
	}
}

function someSpellings(random: Random): readonly Spelling[] {
	const many = random.below(100)
	if (many < 42) return []
	return many < 90 ? [random.pick(spellings)] : [random.pick(spellings), random.pick(spellings)]
}

function plainly({ method, route, query }: PlainRequest, random: Random): Draft {
	const [path = '', ownQuery] = route.split('?')
	return {
		method,
		path: `${random.chance(0.93) ? '' : '/index.php'}/wp-json${path}`.replace('/index.php/wp-json', '/wp-json'),
		query: [
			...(ownQuery === undefined ? [] : [ownQuery]),
			...query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
		],
		headers: [],
		body: undefined,
	}
}

/** Puts the fields where a client would, or where somebody would who hopes that nobody looks there. */
function putBody(draft: Draft, { fields }: PlainRequest, random: Random): string {
	if (fields === undefined) {
		if (random.chance(0.92)) return 'none'
		const hidden = random.pick([
			{ status: 'draft' },
			{ context: 'edit' },
			{ id: 5 },
			{ _method: 'DELETE' },
			{ rest_route: '/wp/v2/users' },
		])
		const kind = random.pick(ordinaryBodies)
		draft.body = kind.write(hidden, random)
		return `${kind.name} on ${draft.method}`
	}
	if (random.chance(0.06)) {
		draft.query.push(
			...formPairs(fields).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
		)
		return 'in the query'
	}
	const told = random.chance(0.06) ? { ...fields, ...conflict(random) } : fields
	const kind = random.chance(0.3) ? random.pick(oddBodies) : random.pick(ordinaryBodies)
	draft.body = kind.write(told, random)
	if (kind.name === 'compressed') draft.headers.push(['Content-Encoding', 'gzip'])
	return told === fields ? kind.name : `${kind.name}, another id`
}

const conflict = (random: Random): Readonly<Record<string, string | number>> =>
	random.pick<Readonly<Record<string, string | number>>>([
		{ id: 5 },
		{ ID: 5 },
		{ user_id: 2 },
		{ parent: 4 },
		{ uuid: 'x' },
		{ slug: 'x' },
		{ post: 4 },
		{ 'id ': 5 },
		{ plugin: 'x' },
		{ namespace: 'wp/v2' },
		{ type: 'page' },
	])

function wireOf({ method, path, query, headers, body }: Draft): WireRequest {
	const target = query.length === 0 ? path : `${path}?${query.join('&')}`
	const type = body?.contentType === undefined ? [] : [['Content-Type', body.contentType] as const]
	return { method, target: withoutSpaces(target), headers: [...type, ...headers], body: body?.bytes }
}

/** A space would end the target; those who want one write it encoded. */
const withoutSpaces = (target: string): string => target.replaceAll(' ', '%20')
