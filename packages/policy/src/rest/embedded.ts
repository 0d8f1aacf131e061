import type { Fields, FieldValue } from '../request.ts'

/** What `_embed` asks for as WordPress reads it: all that a route has, or relations by name; undefined for nothing. */
export function embeddedRelations(query: Fields): 'all' | readonly string[] | undefined {
	const given = query.get('_embed')
	if (given === undefined) return undefined
	if (given === '' || given === '0' || given === '1' || given === 'true') return 'all'
	const relations = typeof given === 'string' ? given.split(/[\s,]+/) : textsIn(given)
	const named = relations.filter((relation) => relation !== '')
	return named.length === 0 ? 'all' : named
}

function textsIn(given: FieldValue): readonly string[] {
	if (typeof given !== 'object' || given === null) return []
	const members: readonly FieldValue[] = Object.values(given)
	return members.filter((member) => typeof member === 'string')
}
