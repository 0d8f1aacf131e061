import { ok, type StaticScope } from '@postern/vocabulary'
import { XmlRpcBase64 } from '@postern/wordpress'
import type { SiteFacts } from '../access.ts'
import { cleanFileName, isUploadable } from '../rest/file-name.ts'
import { unfiltered } from './post-rules.ts'
import { textsIn } from './post-struct.ts'
import { everything, isFalsy, memberOf, needing, readId, readStruct, refuse, type Params, type Rule } from './rule.ts'

export function textsOf(params: Params, at: number): readonly string[] {
	const value = params[at]
	return value === undefined ? [] : textsIn(value)
}

/** Those whose terms `terms:…` are about. */
const ofCore = ['category', 'post_tag', 'wp_pattern_category']
/** WordPress' own that are about something else, which a site that is not honest might list as custom. */
const internal = ['nav_menu', 'link_category', 'post_format']

function isOfTerms(taxonomy: string, { taxonomies }: SiteFacts): boolean {
	if (ofCore.includes(taxonomy)) return true
	if (internal.includes(taxonomy) || taxonomy.startsWith('wp_')) return false
	return [...taxonomies.values()].some(({ name }) => name === taxonomy)
}

export function ofTaxonomy(name: StaticScope, at: number): Rule {
	return ({ [at]: taxonomy }, site) => {
		if (typeof taxonomy !== 'string') return refuse('taxonomy')
		return ok([isOfTerms(taxonomy, site) ? needing(name) : everything])
	}
}

export function writeTerm(structAt: number): Rule {
	return (params, site) => {
		const struct = readStruct(params[structAt])
		const taxonomy = struct === undefined ? undefined : memberOf(struct, 'taxonomy')
		if (struct === undefined || typeof taxonomy !== 'string') return refuse('taxonomy')
		const isPlain = isOfTerms(taxonomy, site) && isFalsy(memberOf(struct, 'custom_fields'))
		return ok([isPlain ? needing('terms:write') : everything, ...unfiltered(textsIn(struct), site)])
	}
}

export const writeCategory: Rule = (params, site) =>
	readStruct(params[3]) === undefined
		? refuse('category')
		: ok([needing('terms:write'), ...unfiltered(textsOf(params, 3), site)])

/** The post of a new one may be named by its address; another that is moved to the bin is deleted. */
export const writeComment: Rule = (params, site) => {
	const struct = readStruct(params[4])
	if (struct === undefined) return refuse('comment')
	const status = memberOf(struct, 'status')
	if (status !== undefined && typeof status !== 'string') return refuse('status')
	const isDeleted = status === 'trash'
	return ok([
		needing('comments:write'),
		...(isDeleted ? [needing('comments:delete')] : []),
		...unfiltered(textsIn(struct), site, textsIn(memberOf(struct, 'content') ?? '')),
	])
}

/** Whether WordPress would give it a name that may be used: it takes most signs out, slashes too (`a.p(hp`), before it looks. */
function mayBeNamed(name: string): boolean {
	const withoutSigns = name.replaceAll(/[^\p{L}\p{M}\p{N}._/\\€-]/gu, '')
	const names = [name, withoutSigns, withoutSigns.replaceAll(/[/\\]/g, '')]
	return names.every((one) => cleanFileName(one) !== undefined)
}

export const upload: Rule = (params) => {
	const struct = readStruct(params[3])
	if (struct === undefined) return refuse('data')
	const name = memberOf(struct, 'name')
	if (typeof name !== 'string' || !mayBeNamed(name)) return refuse('name')
	const type = memberOf(struct, 'type')
	if (type !== undefined && !(typeof type === 'string' && isUploadable(type.toLowerCase()))) return refuse('type')
	if (!(memberOf(struct, 'bits') instanceof XmlRpcBase64)) return refuse('bits')
	const parent = memberOf(struct, 'post_id')
	if (!isFalsy(parent) && readId(parent) === undefined) return refuse('post_id')
	return ok([
		needing('media:write'),
		// WordPress before 4.x deletes the file that has the name.
		...(isFalsy(memberOf(struct, 'overwrite')) ? [] : [needing('media:delete')]),
	])
}

/** WordPress stores a list just as it comes, which no theme expects. */
export const writeOptions: Rule = (params, site) => {
	const options = readStruct(params[3])
	if (options === undefined || Object.values(options).some((value) => typeof value === 'object'))
		return refuse('options')
	return ok([needing('settings:write'), ...unfiltered(textsIn(options), site)])
}

/** What the index of a site tells as well. */
const publicOptions = [
	'software_name',
	'blog_url',
	'home_url',
	'login_url',
	'admin_url',
	'blog_title',
	'blog_tagline',
	'time_zone',
]

export const readOptions: Rule = ({ 3: names }) => {
	const settings = needing('settings:read')
	const asked = typeof names === 'string' ? [names] : Array.isArray(names) ? names : []
	const isPublic = asked.length > 0 && asked.every((name) => typeof name === 'string' && publicOptions.includes(name))
	return ok([isPublic ? { needs: [...needing('site:read').needs, ...settings.needs] } : settings])
}
