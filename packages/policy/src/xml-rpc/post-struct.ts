import { fail, ok, type Result } from '@postern/vocabulary'
import {
	isXmlRpcArray,
	isXmlRpcStruct,
	XmlRpcBase64,
	XmlRpcDate,
	type XmlRpcStruct,
	type XmlRpcValue,
} from '@postern/wordpress'
import type { FieldValue } from '../request.ts'
import type { PostMember } from './post-members.ts'
import { isFalsy, readId, refuse } from './rule.ts'

/** A post as a call would write it, in the words of REST. */
export type WrittenPost = {
	readonly type: string | undefined
	readonly fields: Map<string, FieldValue>
	/** What people read in the end. */
	readonly texts: readonly string[]
	/** Of it, what stands in a line: titles. */
	readonly lines: readonly string[]
	/** Names that WordPress makes terms of. */
	readonly makesTerms: boolean
	/** What no scope of a resource reaches. */
	readonly wantsEverything: boolean
}

/** Reads a struct by the meaning of its members. `id` is the post it is for: a member that names another is refused. */
export function readPostStruct(
	struct: XmlRpcStruct,
	{ members, id }: { readonly members: ReadonlyMap<string, PostMember>; readonly id: number | undefined },
): Result<WrittenPost> {
	const reading = emptyPost()
	for (const [name, value] of Object.entries(struct)) {
		const read = readMember(reading, { name, value, member: members.get(name), id })
		if (!read.ok) return read
	}
	return ok(reading)
}

/** One that nothing is written of yet. */
export function emptyPost(): Reading {
	return { type: undefined, fields: new Map(), texts: [], lines: [], makesTerms: false, wantsEverything: false }
}

type Reading = { -readonly [name in keyof WrittenPost]: WrittenPost[name] } & { texts: string[]; lines: string[] }
type Given = {
	readonly name: string
	readonly value: XmlRpcValue
	readonly member: PostMember | undefined
	readonly id: number | undefined
}

function readMember(reading: Reading, { name, value, member, id }: Given): Result<void> {
	if (member === undefined) reading.wantsEverything = true
	else if ('field' in member) {
		if (member.whenEmpty === undefined || !isFalsy(value)) return readField(reading, member.field, { name, value })
		if (member.whenEmpty === 'null') reading.fields.set(member.field, null)
	} else if (member.means === 'type') {
		if (typeof value !== 'string') return refuse(name)
		// WordPress takes an empty one for none.
		reading.type = value === '' ? undefined : value
	} else if (member.means === 'id') {
		// `wp.editPost` would change the post that is named here.
		if (id === undefined || readId(value) !== id) return fail('gateway/parameter-conflict', { params: { name } })
	} else if (member.means === 'pings') reading.wantsEverything ||= !isFalsy(value)
	else if (member.means !== 'echo') return readTerms(reading, member.means, { name, value })
	return ok()
}

function readField(reading: Reading, field: string, { name, value }: Pick<Given, 'name' | 'value'>): Result<void> {
	const plain = plainValue(value)
	if (plain === undefined) return refuse(name)
	if (field === 'title' || texts.includes(field)) {
		if (typeof plain === 'object') return refuse(name)
		reading[field === 'title' ? 'lines' : 'texts'].push(String(plain))
	}
	// A list is 1 to PHP.
	if (field === 'author' && typeof plain === 'object') return refuse(name)
	if (field === 'meta') reading.texts.push(...textsIn(value))
	if (field === 'status') {
		if (typeof plain !== 'string') return refuse(name)
		reading.fields.set(field, strongestStatus(reading.fields.get(field), plain))
	} else reading.fields.set(field, plain)
	return ok()
}

const texts = ['content', 'excerpt']

/** A page and a post have a status of their own in one struct: the one that does more is judged. */
export function strongestStatus(one: FieldValue | undefined, other: string): string {
	return typeof one === 'string' && rank(one) > rank(other) ? one : other
}

function rank(status: string): number {
	if (status === 'draft' || status === 'pending') return 0
	return status === 'publish' || status === 'future' || status === 'private' ? 2 : 1
}

const ofPosts = ['category', 'post_tag', 'post_format']

function readTerms(
	reading: Reading,
	means: 'terms' | 'term-names' | 'tag-names',
	{ name, value }: Pick<Given, 'name' | 'value'>,
): Result<void> {
	if (isFalsy(value)) return ok()
	if (means === 'tag-names') reading.makesTerms = true
	// A list is what WordPress tells of a post; sent back, it means nothing to it.
	else if (typeof value === 'object' && isXmlRpcArray(value)) return ok()
	else if (typeof value === 'object' && isXmlRpcStruct(value)) {
		if (Object.keys(value).some((taxonomy) => !ofPosts.includes(taxonomy))) reading.wantsEverything = true
		if (means === 'term-names') reading.makesTerms = true
	} else return refuse(name)
	return ok()
}

/** As REST would have it. Undefined for what holds bytes. */
function plainValue(value: XmlRpcValue): FieldValue | undefined {
	if (typeof value !== 'object') return value
	if (value instanceof XmlRpcDate) return value.text
	if (value instanceof XmlRpcBase64) return undefined
	if (isXmlRpcArray(value)) {
		const values = value.map(plainValue)
		return values.every((one) => one !== undefined) ? values : undefined
	}
	if (!isXmlRpcStruct(value)) return undefined
	const entries = Object.entries(value).map(([name, member]) => [name, plainValue(member)] as const)
	const whole = entries.filter((entry): entry is [string, FieldValue] => entry[1] !== undefined)
	return whole.length === entries.length ? Object.fromEntries(whole) : undefined
}

/** Every text at any depth, names of members included. */
export function textsIn(value: XmlRpcValue): readonly string[] {
	if (typeof value === 'string') return [value]
	if (typeof value !== 'object' || value instanceof XmlRpcDate || value instanceof XmlRpcBase64) return []
	return (isXmlRpcArray(value) ? value : Object.entries(value).flat()).flatMap(textsIn)
}
