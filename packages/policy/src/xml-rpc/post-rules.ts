import { ok, type Result } from '@postern/vocabulary'
import type { XmlRpcValue } from '@postern/wordpress'
import type { Need, PostCondition, SiteFacts } from '../access.ts'
import { holdsUnfilteredHtml } from '../html/holds-unfiltered-html.ts'
import { holdsUnfilteredLine } from '../html/holds-unfiltered-line.ts'
import { judgePostFields, needsOfPostChange, needsOfPostDelete } from '../post-fields.ts'
import type { FieldValue } from '../request.ts'
import { scopesOfShownBlocks } from '../shown-blocks.ts'
import { readBloggerContent } from './blogger-content.ts'
import { metaWeblogMembers, wpPostMembers } from './post-members.ts'
import { emptyPost, readPostStruct, strongestStatus, type WrittenPost } from './post-struct.ts'
import { findType, knownTypes, scopeOf, type KnownType } from './post-types.ts'
import { everything, isFalsy, memberOf, needing, readId, readStruct, refuse, type Asked, type Rule } from './rule.ts'

type PostChange = ReturnType<typeof judgePostFields>

const lookUp = { kind: 'xml-rpc' } as const

/** Reads one post by its id, whatever it is, or one of this type. */
export function readPost(at: number, only?: string): Rule {
	return (params, site) => {
		const id = readId(params[at])
		const types = knownTypes(site).filter(({ type }) => only === undefined || type === only)
		return id === undefined ? refuse('post_id') : ok([{ needs: readNeeds(id, types) }])
	}
}

function readNeeds(id: number, types: readonly KnownType[]): readonly Need[] {
	const byType = types.map(({ type, family }): Need => ({
		scopes: [scopeOf(family, 'read')],
		when: conditionOn(id, type),
	}))
	return [...everything.needs, ...byType]
}

/** Reads posts of the type that a filter names. */
export function readPosts(filterAt: number): Rule {
	return (params, site) => {
		const filter = params[filterAt] === undefined ? {} : readStruct(params[filterAt])
		const name = filter === undefined ? undefined : (memberOf(filter, 'post_type') ?? 'post')
		if (typeof name !== 'string') return refuse('post_type')
		const known = findType(name, site)
		return ok([known === undefined ? everything : needing(scopeOf(known.family, 'read'))])
	}
}

export function deletePost(at: number, only?: string): Rule {
	return (params, site) => {
		const id = readId(params[at])
		if (id === undefined) return refuse('post_id')
		const types = knownTypes(site).filter(({ type }) => only === undefined || type === only)
		return ok([{ needs: [...everything.needs, ...types.flatMap((known) => deleteNeeds(id, known))] }])
	}
}

function deleteNeeds(id: number, known: KnownType): readonly Need[] {
	if (known.family === 'media' || known.family === 'blocks')
		return [{ scopes: [scopeOf(known.family, 'delete')], when: conditionOn(id, known.type) }]
	return needsOfPostDelete(known.family, conditionOn(id, known.type))
}

/** `wp.newPost`. */
export function newPost(structAt: number): Rule {
	return (params, site) => {
		const struct = readStruct(params[structAt])
		if (struct === undefined) return refuse('content')
		const read = readPostStruct(struct, { members: wpPostMembers, id: undefined })
		return read.ok ? ok(creating(read.value, read.value.type ?? 'post', site)) : read
	}
}

/** `wp.editPost`: what is not given stays as it is. */
export function editPost(idAt: number, structAt: number): Rule {
	return (params, site) => {
		const id = readId(params[idAt])
		const struct = readStruct(params[structAt])
		if (id === undefined || struct === undefined) return refuse(id === undefined ? 'post_id' : 'content')
		const read = readPostStruct(struct, { members: wpPostMembers, id })
		return read.ok ? ok(changing(read.value, id, site)) : read
	}
}

/** `metaWeblog.newPost`, `wp.newPage`: a draft, if it is not said that it be published. */
export function newMetaWeblogPost(structAt: number, publishAt: number, always?: 'page'): Rule {
	return (params, site) => {
		const struct = readStruct(params[structAt])
		if (struct === undefined) return refuse('content')
		const read = readPostStruct(struct, { members: metaWeblogMembers, id: undefined })
		if (!read.ok) return read
		const written = withPublish(read.value, params[publishAt])
		return ok(creating(written, always ?? written.type ?? 'post', site))
	}
}

/** `metaWeblog.editPost`, `wp.editPage`: a draft again, if it is not said that it be published. */
export function editMetaWeblogPost(at: { id: number; struct: number; publish: number }, only: readonly string[]): Rule {
	return (params, site) => {
		const id = readId(params[at.id])
		const struct = readStruct(params[at.struct])
		if (id === undefined || struct === undefined) return refuse(id === undefined ? 'post_id' : 'content')
		const read = readPostStruct(struct, { members: metaWeblogMembers, id: undefined })
		if (!read.ok) return read
		return ok(changing(withPublish(read.value, params[at.publish]), id, site, only))
	}
}

function withPublish(written: WrittenPost, publish: XmlRpcValue | undefined): WrittenPost {
	const wanted = isFalsy(publish) ? 'draft' : 'publish'
	const status = strongestStatus(written.fields.get('status'), wanted)
	return { ...written, fields: new Map(written.fields).set('status', status) }
}

export function newBloggerPost(contentAt: number, publishAt: number): Rule {
	return (params, site) => {
		const written = readBloggerPost(params[contentAt], params[publishAt])
		return written.ok ? ok(creating(written.value, 'post', site)) : written
	}
}

export function editBloggerPost(at: { id: number; content: number; publish: number }): Rule {
	return (params, site) => {
		const id = readId(params[at.id])
		if (id === undefined) return refuse('post_id')
		const written = readBloggerPost(params[at.content], params[at.publish])
		return written.ok ? ok(changing(written.value, id, site, ['post'])) : written
	}
}

function readBloggerPost(content: XmlRpcValue | undefined, publish: XmlRpcValue | undefined): Result<WrittenPost> {
	if (typeof content !== 'string') return refuse('content')
	const { title, body } = readBloggerContent(content)
	const fields = new Map<string, FieldValue>([
		['title', title],
		['content', body],
	])
	return ok(withPublish({ ...emptyPost(), fields, texts: [body], lines: [title] }, publish))
}

/** One field of a post that is there. */
export function setField(idAt: number, field: string, value: FieldValue): Rule {
	return (params, site) => {
		const id = readId(params[idAt])
		if (id === undefined) return refuse('post_id')
		return ok(changing({ ...emptyPost(), fields: new Map([[field, value]]) }, id, site))
	}
}

function creating(written: WrittenPost, type: string, site: SiteFacts): readonly Asked[] {
	const known = findType(type, site)
	const judged = judge({ ...written, fields: withoutDefaults(written.fields) }, site)
	return [{ needs: known === undefined ? everything.needs : createNeeds(known, judged) }, ...beside(written, site)]
}

/** What a new post has anyway: no password, and no place on top. */
function withoutDefaults(fields: WrittenPost['fields']): WrittenPost['fields'] {
	const isDefault = (name: string, value: FieldValue) =>
		(name === 'password' && value === '') || (name === 'sticky' && (value === false || value === 0 || value === ''))
	return new Map([...fields].filter(([name, value]) => !isDefault(name, value)))
}

function createNeeds({ family }: KnownType, judged: PostChange): readonly Need[] {
	// A file comes with its bytes only.
	if (family === 'media') return everything.needs
	if (family === 'blocks') return judged.setsOtherAuthor ? everything.needs : needing('blocks:write').needs
	return needsOfPostChange(family, judged)
}

function changing(written: WrittenPost, id: number, site: SiteFacts, only?: readonly string[]): readonly Asked[] {
	// WordPress refuses to change the type.
	const isMeant = ({ type }: KnownType) =>
		(only === undefined || only.includes(type)) && (written.type === undefined || written.type === type)
	const judged = judge(written, site)
	const needs = knownTypes(site)
		.filter(isMeant)
		.flatMap((known) => changeNeeds(id, known, judged))
	return [{ needs: [...everything.needs, ...needs] }, ...beside(written, site)]
}

function changeNeeds(id: number, { type, family }: KnownType, judged: PostChange): readonly Need[] {
	if (family === 'media' || family === 'blocks') {
		if (judged.setsOtherAuthor) return []
		const scopes = judged.trashes ? ([`${family}:write`, `${family}:delete`] as const) : ([`${family}:write`] as const)
		return [{ scopes, when: conditionOn(id, type) }]
	}
	return needsOfPostChange(family, judged, conditionOn(id, type))
}

function judge({ fields }: WrittenPost, { userId }: SiteFacts): PostChange {
	return judgePostFields(fields, { userId })
}

/** What a post brings with it, whatever its type. */
function beside({ texts, lines, makesTerms, wantsEverything }: WrittenPost, site: SiteFacts): readonly Asked[] {
	const shown = scopesOfShownBlocks(texts, site)
	return [
		...(shown.length === 0 ? [] : [needing(...shown)]),
		...(wantsEverything ? [everything] : []),
		...(makesTerms ? [needing('terms:write')] : []),
		...unfiltered(texts, site, lines),
	]
}

/** Only an account with that capability could store such HTML; anybody else's WordPress filters. */
export function unfiltered(
	texts: readonly string[],
	{ capabilities }: SiteFacts,
	lines: readonly string[] = [],
): readonly Asked[] {
	if (!capabilities.has('unfiltered_html')) return []
	return texts.some(holdsUnfilteredHtml) || lines.some(holdsUnfilteredLine) ? [needing('html:unfiltered')] : []
}

function conditionOn(id: number, type: string): PostCondition {
	return { id, lookUp, types: [type] }
}
