import { fail, isNamespace, ok, type Result } from '@postern/vocabulary'
import type { Access, Need } from './access.ts'
import type { RestRequest } from './request.ts'
import { embeddedRelations } from './rest/embedded.ts'
import { lower } from './routes/find-route.ts'

/** What lies here is in the table of routes, or denied: no namespace's scope reaches it. */
const coreNamespaces = new Set(['wp/v2', 'oembed/1.0', 'wp-site-health/v1', 'wp-block-editor/v1', 'batch/v1'])
const mostSegments = 4

export function isCoreNamespace(segments: readonly string[]): boolean {
	const [first, second] = segments
	return first === undefined || coreNamespaces.has(lower(`${first}/${second}`))
}

/**
 * Routes of plugins. Where a namespace ends and its route begins is not to be seen from outside: any that the route lies in
 * admits; two segments are what most have, and what a refusal names.
 */
export function accessesOfNamespace({ segments, method, body, query }: RestRequest): Result<readonly Access[]> {
	const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(method)
	if (body.kind !== 'none' && body.kind !== 'fields') return fail('application-password/not-allowed-here')
	const needs: Need[] = []
	for (let length = 1; length <= Math.min(mostSegments, segments.length); length++) {
		const namespace = lower(segments.slice(0, length).join('/'))
		if (!isNamespace(namespace)) break
		needs.push({ scopes: [`ns:${namespace}:${isWrite ? 'write' : 'read'}`] })
	}
	if (needs.length === 0) return fail('application-password/not-allowed-here')
	const named = needs.length >= 2 ? 1 : 0
	const access: Access = {
		needs: [...needs.filter((_, index) => index !== named), ...needs.slice(named, named + 1)],
		isWrite,
	}
	// What a plugin's answers can bring along is unknown; a bare `_embed` is taken out of the request.
	const isNamed = Array.isArray(embeddedRelations(query))
	return ok(isNamed ? [access, { needs: [{ scopes: ['site:everything'] }], isWrite: false }] : [access])
}
