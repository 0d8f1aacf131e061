import { fail, ok, type Result, type Scope } from '@postern/vocabulary'
import type { Access, SiteFacts } from './access.ts'
import { accessesOfEmbeds } from './embeds.ts'
import { accessesOfNamespace, isCoreNamespace } from './accesses-of-namespace.ts'
import { holdsUnfilteredField } from './html/holds-unfiltered-field.ts'
import {
	judgePostFields,
	needsOfPostChange,
	needsOfPostDelete,
	needsOfRevision,
	type PostTarget,
} from './post-fields.ts'
import type { FieldValue, RestMethod, RestRequest } from './request.ts'
import { needsOfShownPost } from './needs-of-shown-post.ts'
import { scopesOfShownBlocks } from './shown-blocks.ts'
import { type FoundRoute, lower } from './routes/find-route.ts'
import { findSiteRoute } from './routes/find-site-route.ts'
import type { PostFamily, Route, Rule } from './routes/route.ts'

/**
 * Names what a request does. Fails with `application-password/not-allowed-here` where no scope admits to it, and with
 * `gateway/parameter-conflict` where a field would beat the path.
 */
export function accessesOfRest(request: RestRequest, site: SiteFacts): Result<readonly Access[]> {
	const found = findAnyRoute(request.segments, site)
	if (found === undefined) {
		if (isCoreNamespace(request.segments)) return notAllowed()
		return accessesOfNamespace(request)
	}
	const rule = ruleOf(found.route, request.method)
	if (rule === undefined || !takesBody(found.route, request)) return notAllowed()
	const beaten = findBeatenVariable(found, request)
	if (beaten !== undefined) return fail('gateway/parameter-conflict', { params: { name: beaten } })
	return accessesOfRule(rule, { request, site, found })
}

type Asked = { readonly request: RestRequest; readonly site: SiteFacts; readonly found: AnyRoute }

function accessesOfRule(rule: Rule, asked: Asked): Result<readonly Access[]> {
	if (rule.kind === 'never') return notAllowed()
	if (rule.kind === 'batch') return accessesOfBatch(asked)
	const own = rule.kind === 'open' ? { needs: [{ scopes: [] }], isWrite: false } : accessOfRule(rule, asked)
	return ok([
		own,
		...accessesOfShown(asked),
		...accessesOfHtml(asked),
		...accessesOfBlocks(asked),
		...accessesOfEmbeds(asked.request, asked.found, asked.site),
	])
}

function accessOfRule(rule: Exclude<Rule, { kind: 'open' | 'never' | 'batch' }>, asked: Asked): Access {
	const { request, found, site } = asked
	if (rule.kind === 'scopes') {
		const scopes: Scope[] = [...rule.scopes]
		for (const { field, value, scope } of isReading(request.method) ? [] : (rule.escalations ?? [])) {
			const values = valuesOf(field, asked)
			if (values.some((one) => value === undefined || mayRead(one, value))) scopes.push(scope)
		}
		const base = rule.revisionBelow
		const needs = base === undefined ? [{ scopes }] : needsOfRevision(scopes, revisionOf(found, base))
		return { needs, isWrite: !isReading(request.method) || rule.writes === true }
	}
	const { family, restBase } = found
	if (rule.kind === 'post-read') return { needs: [{ scopes: [`${family}:read`] }], isWrite: false }
	if (rule.kind === 'post-create') {
		return { needs: needsOfPostChange(family, judgePostFields(ownFields(asked), site)), isWrite: true }
	}
	const revision = revisionOf(found, restBase)
	if (rule.kind === 'revision-read') return { needs: needsOfRevision([`${family}:read`], revision), isWrite: false }
	if (rule.kind === 'revision-delete') return { needs: needsOfPostDelete(family, revision), isWrite: true }
	const target = { id: Number(found.variables.get('id')), lookUp: { kind: 'rest', restBase } } as const
	if (rule.kind === 'post-delete') return { needs: needsOfPostDelete(family, target), isWrite: true }
	return { needs: needsOfPostChange(family, judgePostFields(ownFields(asked), site), target), isWrite: true }
}

/** WordPress lets the account see any post there, whatever its type. */
function accessesOfShown(asked: Asked): readonly Access[] {
	const { shows } = asked.found.route
	if (shows === undefined) return []
	return valuesOf(shows, asked).map((value) => ({ needs: needsOfShownPost(value, asked.site), isWrite: false }))
}

function revisionOf({ variables }: FoundRoute, restBase: string): PostTarget {
	const [id, revision] = [Number(variables.get('parent')), Number(variables.get('id'))]
	return { id, lookUp: { kind: 'rest', restBase, revision } }
}

/** Whether WordPress may come to such a value: it takes out what it does not let stand in a key (`sanitize_key`). */
function mayRead(given: FieldValue, value: RegExp): boolean {
	return typeof given !== 'string' || value.test(given) || value.test(given.replaceAll(/[^\w-]+/g, ''))
}

/** All fields, wherever they stand, but those that only say the path again. */
function* ownFields({ request, found }: Asked): Generator<readonly [string, FieldValue]> {
	for (const fields of placesOf(request)) for (const field of fields) if (!found.variables.has(field[0])) yield field
}

function placesOf({ query, body }: RestRequest): readonly RestRequest['query'][] {
	return body.kind === 'fields' ? [query, body.fields] : [query]
}

function valuesOf(field: string, { request, found }: Asked): readonly FieldValue[] {
	const held = [found.variables.get(field), ...placesOf(request).map((fields) => fields.get(field))]
	return held.filter((value) => value !== undefined)
}

/** WordPress takes a field of that name in place of what stands in the path. */
function findBeatenVariable({ route, variables }: FoundRoute, request: RestRequest): string | undefined {
	if (variables.size === 0 && route.reserved === undefined) return undefined
	for (const fields of placesOf(request)) {
		for (const name of route.reserved ?? []) if (!variables.has(name) && fields.has(name)) return name
		for (const [name, value] of variables) {
			const field = fields.get(name)
			if (field !== undefined && !(isScalar(field) && String(field) === value)) return name
		}
	}
	return undefined
}

function isScalar(value: FieldValue): value is string | number {
	return typeof value === 'string' || typeof value === 'number'
}

/** The account may store scripts; whoever holds less than that scope may not through it. */
function accessesOfHtml({ request, site, found }: Asked): readonly Access[] {
	if (isReading(request.method) || found.route.isPlain === true) return []
	if (!site.capabilities.has('unfiltered_html')) return []
	if (!placesOf(request).some((fields) => holdsUnfilteredField(fields, found.route.lines))) return []
	return [{ needs: [{ scopes: ['html:unfiltered'] }], isWrite: true }]
}

function accessesOfBlocks({ request, site, found }: Asked): readonly Access[] {
	if (isReading(request.method) || found.route.isPlain === true) return []
	const scopes = scopesOfShownBlocks(
		placesOf(request).flatMap((fields) => [...fields.values()]),
		site,
	)
	return scopes.length === 0 ? [] : [{ needs: [{ scopes }], isWrite: false }]
}

/** One refused item refuses all. What holds nothing is not let through either: see `decide`. */
function accessesOfBatch({ request, site }: Asked): Result<readonly Access[]> {
	if (isReading(request.method)) return ok([{ needs: [{ scopes: ['site:read'] }], isWrite: false }])
	if (request.body.kind !== 'batch') return notAllowed()
	const accesses: Access[] = []
	for (const item of request.body.requests) {
		if (item.body.kind === 'batch' || isBatch(item.segments)) return notAllowed()
		const ofItem = accessesOfRest(item, site)
		if (!ofItem.ok) return ofItem
		accesses.push(...ofItem.value)
	}
	return ok(accesses)
}

function isBatch(segments: readonly string[]): boolean {
	return lower(segments.slice(0, 2).join('/')) === 'batch/v1'
}

/** A route, and which type of posts it is about, where that matters. */
type AnyRoute = FoundRoute & { readonly family: PostFamily; readonly restBase: string }

function findAnyRoute(segments: readonly string[], site: SiteFacts): AnyRoute | undefined {
	const found = findSiteRoute(segments, site)
	if (found?.kind !== 'type') return found && { ...found, ...familyOf(found.route) }
	const { restBase } = found
	return { ...found, family: `types:${restBase}`, restBase }
}

function familyOf(route: Route): Pick<AnyRoute, 'family' | 'restBase'> {
	const isOfPages = Object.values(route.rules).some((rule) => 'family' in rule && rule.family === 'pages')
	return isOfPages ? { family: 'pages', restBase: 'pages' } : { family: 'posts', restBase: 'posts' }
}

/** WordPress' groups of methods. A look at what a route can do is like reading from it. */
function ruleOf({ rules }: Route, method: RestMethod): Rule | undefined {
	if (method === 'OPTIONS') return rules.GET ?? rules.POST ?? rules.EDIT
	if (method === 'GET' || method === 'HEAD') return rules.GET
	if (method === 'POST') return rules.POST ?? rules.EDIT
	return method === 'DELETE' ? rules.DELETE : rules.EDIT
}

function isReading(method: RestMethod): boolean {
	return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

/** Files go to the one route that takes them, and bodies of many requests to theirs. */
function takesBody({ template, rules }: Route, { body, method }: RestRequest): boolean {
	if (body.kind === 'batch') return rules.POST?.kind === 'batch'
	if (body.kind === 'none' || body.kind === 'fields') return true
	return method === 'POST' && /^\/wp\/v2\/media(?:\/<id:digits>\/sideload)?$/.test(template)
}

function notAllowed(): Result<never> {
	return fail('application-password/not-allowed-here')
}
