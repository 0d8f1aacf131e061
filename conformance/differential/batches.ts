import { formPairs, type WireBody } from './bodies.ts'
import { makePlainRequest, type Json, type Pool } from './plain-request.ts'
import type { Random } from './random.ts'
import type { Draft } from './spellings.ts'

type Item = Record<string, Json>

type Spell = (item: Item, random: Random) => void

/** Changes the path alone. */
const path =
	(change: (path: string, random: Random) => Json): Spell =>
	(item, random) => {
		if (typeof item['path'] === 'string') item['path'] = change(item['path'], random)
	}
const set =
	(name: string, value: Json): Spell =>
	(item) =>
		void (item[name] = value)

/** What an item can say in another way than plainly. */
const itemSpellings: readonly Spell[] = [
	path((plain) => plain.toUpperCase()),
	path((plain) => `http://evil.test${plain}`),
	path((plain) => `//evil.test${plain}`),
	path((plain) => `/wp-json${plain}`),
	path((plain) => plain.replace('/posts', '/%70osts')),
	path((plain) => `${plain}/../users/me`),
	path((plain) => `${plain}%0a`),
	path((plain) => `${plain}\n`),
	path((plain) => `${plain}\u0000`),
	path((plain) => `${plain}#x`),
	path((plain) => `${plain}/`),
	path((plain, random) => `${plain}?rest_route=${random.pick(['/wp/v2/users', plain])}`),
	path((plain) => `${plain}?_method=DELETE`),
	path((plain) => `${plain}?status=publish`),
	path((plain) => `${plain}?id=5`),
	path((plain) => `${plain}?status[]=draft&status[]=publish`),
	path((plain) => plain.slice(1)),
	path((plain) => [plain]),
	set('path', '/batch/v1'),
	set('method', 'GET'),
	set('method', 'delete'),
	set('method', 'OPTIONS'),
	set('headers', { 'X-HTTP-Method-Override': 'DELETE', Cookie: 'a=b' }),
	set('headers', { 'Content-Type': 'application/json' }),
	set('body', '{"status":"publish"}'),
	set('body', { title: 'x', id: 5 }),
	set('extra', true),
	(item) => void delete item['path'],
	(item) => void delete item['method'],
]

function makeItem(random: Random, pool: Pool): Item {
	let plain = makePlainRequest(random, pool)
	// Most of what there is cannot be batched at all.
	for (
		let tries = 0;
		tries < 40 &&
		!(
			plain.method !== 'GET' &&
			/^\/wp\/v2\/(?:posts|pages|blocks|books|categories|tags|genres|media|comments|users)\b/.test(plain.route)
		);
		tries += 1
	)
		plain = makePlainRequest(random, pool)
	const query = plain.query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
	const item: Item = { method: plain.method, path: query === '' ? plain.route : `${plain.route}?${query}` }
	if (plain.fields !== undefined) item['body'] = plain.fields
	if (random.chance(0.2)) random.pick(itemSpellings)(item, random)
	return item
}

/** A request to `/batch/v1`; its items are spelled oddly themselves. */
export function makeBatch(random: Random, pool: Pool, draft: Draft): void {
	const count = random.chance(0.03) ? 26 : 1 + random.below(3)
	const requests = Array.from({ length: count }, () => makeItem(random, pool))
	const fields: Item = { requests }
	if (random.chance(0.5)) fields['validation'] = random.pick(['normal', 'normal', 'require-all-validate', 'nothing'])
	draft.path = '/wp-json/batch/v1'
	draft.method = random.chance(0.95) ? 'POST' : random.pick(['GET', 'PUT'])
	const way = random.below(20)
	draft.body = way === 0 ? inForm(fields) : way === 1 ? undefined : inJson(fields, random)
	if (way === 1) draft.query.push(new URLSearchParams(formPairs(fields).map(([...pair]) => pair)).toString())
}

function inForm(fields: Item): WireBody {
	const written = new URLSearchParams(formPairs(fields).map(([...pair]) => pair)).toString()
	return { contentType: 'application/x-www-form-urlencoded', bytes: Buffer.from(written) }
}

function inJson(fields: Item, random: Random): WireBody {
	const plain = JSON.stringify(fields)
	const written = random.chance(0.04)
		? plain.replace('"path":', `"path":"/wp/v2/settings","path":`)
		: random.chance(0.04)
			? plain.replace('"requests":', '"requests":[],"requests":')
			: plain
	return { contentType: 'application/json', bytes: Buffer.from(written) }
}
