import type { Scope } from '@postern/vocabulary'
import type { Need, PostCondition } from './access.ts'
import type { PostFamily } from './routes/route.ts'

/** What the fields of a post ask for. */
export type PostChange = {
	/** The least verb that admits to all of them. */
	readonly verb: 'draft' | 'write' | 'publish'
	readonly setsOtherAuthor: boolean
	/** On a scheduled or published post a date decides whether readers see it. */
	readonly setsDate: boolean
	readonly trashes: boolean
}

/** The post that is changed, for the look at it; undefined where one is made. */
export type PostTarget = Pick<PostCondition, 'id' | 'lookUp' | 'types'>

/** Those that nobody but who may edit the post sees, and that decide nothing but what it says. */
const draftFields = new Set([
	'title',
	'content',
	'excerpt',
	'slug',
	'categories',
	'tags',
	'featured_media',
	'format',
	'parent',
	'menu_order',
])
/** Of an answer, not of the post. */
const answerFields: ReadonlySet<string> = new Set(['context', '_fields', '_locale', '_embed', '_pretty'])
const draftStatuses = ['draft', 'pending', 'auto-draft']

/**
 * Judges fields by the names of REST's schema, each place where they may stand in turn. What is not known to be harmless
 * takes `write`; a status that is not known takes `publish`.
 */
export function judgePostFields(
	fields: Iterable<readonly [name: string, value: unknown]>,
	{ userId }: { readonly userId: number },
): PostChange {
	let verb: PostChange['verb'] = 'draft'
	let [setsOtherAuthor, setsDate, trashes] = [false, false, false]
	for (const [name, value] of fields) {
		if (draftFields.has(name) || answerFields.has(name)) continue
		const isDate = name === 'date' || name === 'date_gmt'
		if (isDate) setsDate = true
		if (isDate && value === null) continue
		if (name === 'status' && value === 'trash') trashes = true
		if (name === 'author' && String(value) !== String(userId)) setsOtherAuthor = true
		verb = wider(verb, name === 'status' ? verbOfStatus(value) : powerful.has(name) ? 'publish' : 'write')
	}
	return { verb, setsOtherAuthor, setsDate, trashes }
}

const powerful = new Set(['password', 'sticky'])

function verbOfStatus(status: unknown): PostChange['verb'] {
	if (typeof status !== 'string') return 'publish'
	if (draftStatuses.includes(status)) return 'draft'
	return status === 'trash' ? 'write' : 'publish'
}

const verbs = ['draft', 'write', 'publish'] as const

function wider(one: PostChange['verb'], other: PostChange['verb']): PostChange['verb'] {
	return verbs.indexOf(one) >= verbs.indexOf(other) ? one : other
}

/** The needs of making a post, or of changing one; those that ask least stand last. */
export function needsOfPostChange(family: PostFamily, change: PostChange, target?: PostTarget): readonly Need[] {
	const besides: readonly Scope[] = change.trashes ? [`${family}:delete`] : []
	if (target === undefined) {
		const others: readonly Scope[] = change.setsOtherAuthor ? [`${family}:others`] : []
		return [{ scopes: [`${family}:${change.verb}`, ...others, ...besides] }]
	}
	const ofAll = (verb: PostChange['verb'], statuses: Pick<PostCondition, 'statuses'> = {}) =>
		ownOrOthers(family, [`${family}:${verb}`, ...besides], { ...target, ...statuses })
	const asDraft = { statuses: draftStatuses }
	const needs = [
		...(change.verb === 'publish' || change.setsDate ? ofAll('publish') : ofAll('write')),
		...(change.verb === 'write' && change.setsDate ? ofAll('write', asDraft) : []),
		...(change.verb === 'draft' ? ofAll('draft', asDraft) : []),
	]
	return change.setsOtherAuthor ? needs.filter(({ scopes }) => scopes.includes(`${family}:others`)) : needs
}

/** The needs of moving a post to the trash or deleting it. */
export function needsOfPostDelete(family: PostFamily, target: PostTarget): readonly Need[] {
	return ownOrOthers(family, [`${family}:delete`], target)
}

/** The needs of what is done with one revision; with *Everything* it does not matter of what it is one. */
export function needsOfRevision(scopes: readonly Scope[], when: PostTarget): readonly Need[] {
	return [{ scopes: [...scopes, 'site:everything'] }, { scopes, when }]
}

function ownOrOthers(family: PostFamily, scopes: readonly Scope[], when: PostCondition): readonly Need[] {
	const isOfRevision = when.lookUp.kind === 'rest' && when.lookUp.revision !== undefined
	const isAsked = when.statuses !== undefined || when.types !== undefined || isOfRevision
	const ofOthers: Need = { scopes: [...scopes, `${family}:others`] }
	return [isAsked ? { ...ofOthers, when } : ofOthers, { scopes, when: { ...when, isOwn: true } }]
}
