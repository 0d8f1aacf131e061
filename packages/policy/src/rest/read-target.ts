import { fail, ok, type Result } from '@postern/vocabulary'
import { isReadByPhpAs } from '@postern/wordpress'
import { readRoute } from './read-route.ts'

/** The request line's target, taken apart, but nothing of its query decoded. */
export type RestTarget = {
	/** What the path names; undefined on the front page, where `rest_route` names it. */
	readonly segments: readonly string[] | undefined
	readonly query: string
}

const maxTargetLength = 8_192
/** What RFC 3986 lets stand in a target, and a few that browsers send bare; no number sign and no backslash. */
const sendable = /^[!"$-[\]-~]*$/
/** WordPress finds its API below these, in this letter case only. */
const restPath = /^(?:\/index\.php)?\/wp-json(?=[/?]|$)/

/**
 * Whether a target is the REST API's: `/wp-json…`, `/index.php/wp-json…`, or the front page with a `rest_route` however it is
 * spelled. Also true for what no server reads for certain (`//host`, a backslash, an absolute form), so that `readRestHead`
 * refuses it.
 */
export function isRestTarget(target: string): boolean {
	if (target.startsWith('/wp-json')) return restPath.test(target)
	if (!target.startsWith('/') || target.startsWith('//') || target.includes('\\')) return true
	return restPath.test(target) || (isFrontPage(pathOf(target)) && hasRestRoute(target))
}

export function readTarget(target: string): Result<RestTarget> {
	if (!isSendable(target)) return fail('gateway/path-malformed')
	const path = pathOf(target)
	const query = target.slice(path.length + 1)
	if (isFrontPage(path)) return ok({ segments: undefined, query })
	const prefix = restPath.exec(path)?.[0]
	if (prefix === undefined) return fail('gateway/path-malformed')
	const route = readRoute(path.slice(prefix.length), 'encoded')
	return route.ok ? ok({ segments: route.value, query }) : route
}

/** Whether a text is a path, with or without a query, that reaches every server as it stands. */
export function isSendable(target: string): boolean {
	return target.length <= maxTargetLength && target.startsWith('/') && sendable.test(target)
}

function pathOf(target: string): string {
	const end = target.indexOf('?')
	return end < 0 ? target : target.slice(0, end)
}

function isFrontPage(path: string): boolean {
	return path === '/' || path === '/index.php'
}

function hasRestRoute(target: string): boolean {
	const query = target.slice(pathOf(target).length + 1)
	return query.split('&').some((part) => isReadByPhpAs(part.split('=', 1)[0] ?? '', 'rest_route'))
}
