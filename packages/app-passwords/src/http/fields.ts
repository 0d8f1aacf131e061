/** Keeps the fields that `_fields` names, in the document's own order; `a.b` names a field of a field. */
export function selectFields(body: unknown, fields: readonly string[]): unknown {
	if (Array.isArray(body)) return body.map((item: unknown) => selectFields(item, fields))
	if (typeof body !== 'object' || body === null) return body
	const kept = Object.entries(body).flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
		if (fields.includes(name)) return [[name, value]]
		const inner = fields.filter((field) => field.startsWith(`${name}.`)).map((field) => field.slice(name.length + 1))
		return inner.length === 0 ? [] : [[name, selectFields(value, inner)]]
	})
	return Object.fromEntries(kept)
}

/** Reads `_fields`: one text with commas, or a list. Undefined when all are wanted. */
export function readFields(value: unknown): readonly string[] | undefined {
	const list: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []
	const fields = list.filter((field) => typeof field === 'string').map((field) => field.trim())
	const named = fields.filter((field) => field !== '')
	return named.length === 0 ? undefined : named
}
