import type { Fields, FieldValue } from '../request.ts'

/** What `_embed` asks for as WordPress reads it: all that a route has, or relations by name; undefined for nothing. */
export function embeddedRelations(query: Fields): 'all' | readonly string[] | undefined {
	const given = query.get('_embed')
	if (given === undefined) return undefined
	if (typeof given !== 'string') return relationsIn(given)
	if (given === '' || given === '0' || given === '1' || given === 'true') return 'all'
	return given.split(/[\s,]+/).filter((relation) => relation !== '')
}

function relationsIn(given: FieldValue): readonly string[] | 'all' {
	if (typeof given !== 'object' || given === null) return 'all'
	const members: readonly FieldValue[] = Object.values(given)
	return members.length === 0 ? 'all' : members.filter((member) => typeof member === 'string')
}
