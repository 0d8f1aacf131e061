/** Namespaces of WordPress itself whose routes hold nothing that has a letter case. */
const lowerNamespaces = new Set([
	'batch/v1',
	'oembed/1.0',
	'wp-abilities/v1',
	'wp-block-editor/v1',
	'wp-site-health/v1',
])
/** What stands literally in routes of `wp/v2` behind the base. */
const literals = new Set([
	'application-passwords',
	'autosaves',
	'edit',
	'finalize',
	'introspect',
	'lookup',
	'me',
	'post-process',
	'revisions',
	'sideload',
	'themes',
	'variations',
])
/** Behind these bases stand names of files, and nothing else. */
const basesOfNames = new Set(['plugins', 'themes'])

/** WordPress matches routes without regard to letter case (ASCII only); ids, slugs and routes of plugins keep theirs. */
export function foldCoreRoute(segments: readonly string[]): readonly string[] {
	const [first, second, third, ...rest] = segments
	if (first === undefined || second === undefined) return segments
	const namespace = `${lower(first)}/${lower(second)}`
	if (lowerNamespaces.has(namespace)) return segments.map(lower)
	if (namespace !== 'wp/v2') return segments
	if (third === undefined) return ['wp', 'v2']
	const base = lower(third)
	const folded = basesOfNames.has(base) ? rest : rest.map((segment) => foldLiteral(segment))
	return ['wp', 'v2', base, ...folded]
}

function foldLiteral(segment: string): string {
	const folded = lower(segment)
	return literals.has(folded) ? folded : segment
}

/** Of ASCII alone: `toLowerCase` makes a k of the Kelvin sign, PCRE does not. */
function lower(segment: string): string {
	return segment.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
