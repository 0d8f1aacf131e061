import { ok, type Result } from '@postern/vocabulary'
import type { FieldValue } from '../request.ts'
import { createParameterTree, refuseParameter } from './parameter-tree.ts'

const loosePercent = /%(?![0-9A-Fa-f]{2})/g

/**
 * Reads a query or the body of a form as PHP does, but for what it would re-spell, drop or choose: that fails with
 * `gateway/parameter-refused` or `gateway/parameter-conflict`. At most 100 parameters, 8 levels. A percent sign that encodes
 * nothing stays one in a form (`title=50% off`), where nobody but PHP reads it; in a query it is refused.
 */
export function readParameters(text: string, place: 'query' | 'form'): Result<Map<string, FieldValue>> {
	if (text === '') return ok(new Map())
	const tree = createParameterTree()
	for (const part of text.split('&')) {
		if (part === '') continue
		const equals = part.indexOf('=')
		const spelled = equals < 0 ? part : part.slice(0, equals)
		const name = decodeParameter(spelled, 'query')
		const value = equals < 0 ? '' : decodeParameter(part.slice(equals + 1), place)
		if (name === undefined || value === undefined) return refuseParameter(name ?? spelled)
		const failure = tree.add(name, value)
		if (failure !== undefined) return failure
	}
	return ok(tree.fields())
}

/** Undefined for what is no UTF-8. */
function decodeParameter(text: string, place: 'query' | 'form'): string | undefined {
	const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
	if (!spaced.includes('%')) return spaced
	try {
		return decodeURIComponent(place === 'form' ? spaced.replace(loosePercent, '%25') : spaced)
	} catch {
		return undefined
	}
}
