import { fail, type Failure } from '@postern/vocabulary'
import { quoteText } from '@postern/wordpress'
import type { FieldValue } from '../request.ts'

const maxParameters = 100
const maxDepth = 8
/** Names that PHP takes as they are; all others it re-spells, or reads in part. */
const plainName = /^[A-Za-z_][A-Za-z0-9_-]*(?:\[[A-Za-z0-9_-]*\])*$/
/** They choose what runs, or what becomes of the answer, beside the route and the method. */
const steeringNames: ReadonlySet<string> = new Set(['_envelope', '_jsonp', '_wp_http_referer', '_wpnonce'])
/** WordPress and its most used plugins look at them in any query. */
const queryOnlyNames = new Set([
	'customize_changeset_uuid',
	'doing_wp_cron',
	// WordPress itself takes it out of the query before anything runs.
	'error',
	'json',
	'wc-ajax',
	'wc-api',
	'wp_customize',
	'wp_scrape_key',
	'wp_scrape_nonce',
	'wp_theme_preview',
])
/** They are given once or not at all, and never as a list. */
const singleNames = new Set(['rest_route', '_method'])

/** `next` is what PHP would number the next one without a key. */
type Branch = { readonly members: Map<string, string | Branch>; next: number }

/** Collects parameters of a query or a form as PHP would. */
export type ParameterTree = {
	/** Takes a name and a value, both decoded. */
	add(name: string, value: string): Failure | undefined
	fields(): Map<string, FieldValue>
}

export function createParameterTree(): ParameterTree {
	const root: Branch = { members: new Map(), next: 0 }
	let count = 0
	return {
		add(name, value) {
			count += 1
			if (count > maxParameters || !plainName.test(name) || value.includes('\u0000')) return refuse(name)
			const open = name.indexOf('[')
			const base = open < 0 ? name : name.slice(0, open)
			if (isRefused(base) || (singleNames.has(base) && (open >= 0 || root.members.has(base)))) return refuse(name)
			return open < 0 ? put(root, name, { name, value }) : putBelow(root, { base, name, value })
		},
		fields: () => new Map(Array.from(root.members, ([name, node]) => [name, valueOf(node)])),
	}
}

export function refuseParameter(name: string): Failure {
	return fail('gateway/parameter-refused', { params: { name: quoteText(name, 64) } })
}
const refuse = refuseParameter

/** In JSON WordPress does not look for these names, and nobody who means well sends them. */
export function refuseSteering(names: Iterable<string>): Failure | undefined {
	for (const name of names) if (steeringNames.has(name) || singleNames.has(name)) return refuse(name)
	return undefined
}

function isRefused(base: string): boolean {
	return base === '__proto__' || steeringNames.has(base) || queryOnlyNames.has(base) || base.startsWith('preview')
}

type Given = { readonly name: string; readonly value: string }

function put(branch: Branch, key: string, given: Given): Failure | undefined {
	const known = branch.members.get(key)
	if (known === undefined) branch.members.set(key, given.value)
	else if (typeof known !== 'string') return refuse(given.name)
	else if (known !== given.value)
		return fail('gateway/parameter-conflict', { params: { name: quoteText(given.name, 64) } })
	return undefined
}

function putBelow(root: Branch, given: Given & { readonly base: string }): Failure | undefined {
	const keys = given.name.slice(given.base.length + 1, -1).split('][')
	const last = keys.pop()
	if (last === undefined || keys.length + 1 > maxDepth) return refuse(given.name)
	let branch = descend(root, given.base)
	for (const key of keys) branch = branch && descendTo(branch, key)
	const key = branch && keyIn(branch, last)
	return branch === undefined || key === undefined ? refuse(given.name) : put(branch, key, given)
}

function descendTo(branch: Branch, spelled: string): Branch | undefined {
	const key = keyIn(branch, spelled)
	return key === undefined ? undefined : descend(branch, key)
}

function descend(branch: Branch, key: string): Branch | undefined {
	const known = branch.members.get(key)
	if (typeof known === 'string') return undefined
	if (known !== undefined) return known
	const made: Branch = { members: new Map(), next: 0 }
	branch.members.set(key, made)
	return made
}

/** Undefined for keys that versions of PHP count on from differently, and for the one that objects do not hold. */
function keyIn(branch: Branch, spelled: string): string | undefined {
	if (spelled === '') return String(branch.next++)
	if (spelled === '__proto__' || /^-\d/.test(spelled)) return undefined
	if (!/^(?:0|[1-9]\d*)$/.test(spelled)) return spelled
	if (spelled.length > 9) return undefined
	branch.next = Math.max(branch.next, Number(spelled) + 1)
	return spelled
}

function valueOf(node: string | Branch): FieldValue {
	if (typeof node === 'string') return node
	const { members } = node
	const isList = members.size === node.next && [...members.keys()].every((key) => /^\d+$/.test(key))
	if (!isList) return Object.fromEntries(Array.from(members, ([key, member]) => [key, valueOf(member)]))
	return Array.from({ length: members.size }, (_, index) => valueOf(members.get(String(index)) ?? ''))
}
