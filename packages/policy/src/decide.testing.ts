import { scopesWithin, type Scope } from '@postern/vocabulary'
import { accessesOfRest } from './accesses-of-rest.ts'
import type { Principal, SiteFacts } from './access.ts'
import { decide } from './decide.ts'
import type { Fields, FieldValue, RestBody, RestMethod, RestRequest } from './request.ts'

/** An administrator's account with the id 3, and a custom type. */
export const site: SiteFacts = {
	capabilities: new Set(['read', 'edit_posts', 'unfiltered_html']),
	userId: 3,
	postTypes: new Map([
		['books', { name: 'book' }],
		['posts', { name: 'not_a_post' }],
	]),
	taxonomies: new Map([
		['genres', { name: 'genre' }],
		['books', { name: 'book_shelf' }],
		['users', { name: 'no_user' }],
	]),
}
/** One that WordPress itself filters. */
export const authorsSite: SiteFacts = { ...site, capabilities: new Set(['read', 'edit_posts']) }

type Values = Readonly<Record<string, FieldValue>>
export type Sent = { readonly query?: Values; readonly body?: Values | RestBody }

export function request(method: RestMethod, route: string, { query = {}, body }: Sent = {}): RestRequest {
	const segments = route.split('/').filter((segment) => segment !== '')
	return { kind: 'rest', method, segments, query: fieldsOf(query), body: bodyOf(body) }
}

function bodyOf(body: Sent['body']): RestBody {
	if (body === undefined) return { kind: 'none' }
	return isBody(body) ? body : { kind: 'fields', fields: fieldsOf(body) }
}

function isBody(body: Values | RestBody): body is RestBody {
	return 'kind' in body && typeof body.kind === 'string'
}

function fieldsOf(values: Values): Fields {
	return new Map(Object.entries(values))
}

export function callerWith(...granted: readonly Scope[]): Principal {
	return { kind: 'caller', scopes: scopesWithin('owner', granted), connectors: 'all' }
}

export function ask(
	principal: Principal,
	asked: RestRequest,
	facts: SiteFacts = site,
): ReturnType<typeof decide<RestRequest>> {
	const accesses = accessesOfRest(asked, facts)
	return accesses.ok ? decide(principal, 'connector', { request: asked, accesses: accesses.value }) : accesses
}

/** `free`, `if …` with the conditions, or what is missing. */
export function said(outcome: ReturnType<typeof ask>): string {
	if (!outcome.ok)
		return `${outcome.problem.code} ${outcome.problem.params['scope'] ?? outcome.problem.params['name'] ?? ''}`.trim()
	const conditions = outcome.value.conditions.map((any) =>
		any
			.map(({ isOwn, statuses }) => [...(isOwn ? ['own'] : []), ...(statuses ? ['draft'] : [])].join('+'))
			.join(' or '),
	)
	return conditions.length === 0 ? 'free' : `if ${conditions.join(', and ')}`
}
