import { fail, ok, type Result } from '@postern/vocabulary'
import { quoteText } from '@postern/wordpress'
import type { Fields, FieldValue, RestHead, RestRequest } from '../request.ts'

/**
 * Makes a request of its head and its fields. What stands in the query as well is left in the fields alone. Fails with
 * `gateway/parameter-conflict` where the two say different things.
 */
export function joinFields(head: Pick<RestHead, 'method' | 'segments' | 'query'>, fields: Fields): Result<RestRequest> {
	const query = withoutShared(head.query, fields)
	if (!query.ok) return query
	const { method, segments } = head
	return ok({ kind: 'rest', method, segments, query: query.value, body: { kind: 'fields', fields } })
}

function withoutShared(query: Fields, fields: Fields): Result<Fields> {
	const both = [...query.keys()].filter((name) => fields.has(name))
	if (both.length === 0) return ok(query)
	const name = both.find((shared) => !isSameValue(query.get(shared) ?? null, fields.get(shared) ?? null))
	if (name !== undefined) return fail('gateway/parameter-conflict', { params: { name: quoteText(name, 64) } })
	return ok(new Map([...query].filter(([shared]) => !fields.has(shared))))
}

/** A query holds texts only, so `7` and `"7"` are the same, as are `true` and `"true"`. */
function isSameValue(left: FieldValue, right: FieldValue): boolean {
	if (!isTree(left) || !isTree(right))
		return !isTree(left) && !isTree(right) && String(left ?? '') === String(right ?? '')
	if (Array.isArray(left) !== Array.isArray(right)) return false
	const members = Object.entries(left)
	if (members.length !== Object.keys(right).length) return false
	const others = new Map<string, FieldValue>(Object.entries(right))
	return members.every(([name, value]) => others.has(name) && isSameValue(value, others.get(name) ?? null))
}

function isTree(value: FieldValue): value is Exclude<FieldValue, null | boolean | number | string> {
	return typeof value === 'object' && value !== null
}
