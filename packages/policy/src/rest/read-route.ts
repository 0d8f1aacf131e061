import { fail, ok, type Result } from '@postern/vocabulary'
import { inCanonicalCase } from '../routes/find-route.ts'

const maxSegments = 32
/** By far the most: nothing to decode and nothing to fold. */
const plainRoute = /^(?:\/[a-z0-9_-]+)*$/
const plainSegment = /^[A-Za-z0-9_-]+$/
/**
 * What no server, PHP or WordPress takes for more than a character. No letters beyond ASCII: under pretty permalinks WordPress
 * sees them as they were encoded, under plain ones decoded.
 */
const allowedSegment = /^[A-Za-z0-9_.~@:,-]+$/

/**
 * Reads the segments of a route, `/wp/v2/posts/7`: decoded once (or not at all, where the query held it), in the letter case of
 * the table that decides, a slash at the end left out. Fails with `gateway/path-malformed` on what servers read in more than one
 * way: dot segments, encoded or doubled slashes, a second layer of encoding, delimiters, control characters.
 */
export function readRoute(route: string, spelling: 'encoded' | 'decoded'): Result<readonly string[]> {
	const trimmed = route.endsWith('/') ? route.slice(0, -1) : route
	if (trimmed === '') return ok([])
	if (!trimmed.startsWith('/')) return fail('gateway/path-malformed')
	const parts = trimmed.slice(1).split('/')
	if (parts.length > maxSegments) return fail('gateway/path-malformed')
	if (plainRoute.test(trimmed)) return ok(parts)
	const segments: string[] = []
	for (const [index, part] of parts.entries()) {
		if (part === '' && isBeforeTemplateSlug(segments, index, parts.length)) continue
		const segment = readSegment(part, spelling)
		if (segment === undefined) return fail('gateway/path-malformed')
		segments.push(segment)
	}
	return ok(inCanonicalCase(segments))
}

function readSegment(part: string, spelling: 'encoded' | 'decoded'): string | undefined {
	if (plainSegment.test(part)) return part
	const segment = spelling === 'encoded' && part.includes('%') ? decode(part) : part
	if (segment === undefined || segment === '.' || segment === '..') return undefined
	return allowedSegment.test(segment) ? segment : undefined
}

/** Undefined for what is no percent-encoded UTF-8. */
function decode(part: string): string | undefined {
	try {
		return decodeURIComponent(part)
	} catch {
		return undefined
	}
}

/** The id of a template is `theme//slug`; WordPress doubles a single slash there itself. */
function isBeforeTemplateSlug(segments: readonly string[], index: number, length: number): boolean {
	if (index !== 4 || segments.length !== 4 || length < 6) return false
	return /^wp\/v2\/template(?:s|-parts)$/i.test(segments.slice(0, 3).join('/'))
}
