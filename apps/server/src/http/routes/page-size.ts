import { fail, ok, type Result } from '@postern/vocabulary'

/** Reads a `limit` parameter: 1 to 100, 50 without one. Fails with `request/number-range`. */
export function pageSize(text: string | undefined): Result<number> {
	if (text === undefined) return ok(50)
	const size = /^\d{1,3}$/.test(text) ? Number(text) : 0
	return size >= 1 && size <= 100 ? ok(size) : fail('request/number-range', { params: { field: 'limit' } })
}
