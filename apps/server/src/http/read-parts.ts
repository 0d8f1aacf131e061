import type { Endpoint } from '@postern/api/contract'
import { fail } from '@postern/vocabulary'
import type * as z from 'zod/mini'
import type { ApiProblem } from './problem-response.ts'

export type Parts = { readonly query: unknown; readonly body: unknown }

/** Checks query and body against the endpoint's schemas. Fails with `request/json-unknown-key` or `request/type-error`. */
export function readParts(
	endpoint: Endpoint,
	query: Readonly<Record<string, string>>,
	body: unknown,
): { readonly ok: true; readonly value: Parts } | { readonly ok: false; readonly problem: ApiProblem } {
	const parts: { query: unknown; body: unknown } = { query: undefined, body: undefined }
	for (const [part, schema, value] of [
		['query', endpoint.query, query],
		['body', endpoint.body, body],
	] as const) {
		if (!schema) continue
		const read = schema.safeParse(value)
		if (!read.success) return { ok: false, problem: problemOf(read.error) }
		parts[part] = read.data
	}
	return { ok: true, value: parts }
}

function problemOf(error: z.core.$ZodError): ApiProblem {
	const unknownKey = error.issues.find((issue) => issue.code === 'unrecognized_keys')
	if (unknownKey?.code === 'unrecognized_keys')
		return fail('request/json-unknown-key', { params: { key: (unknownKey.keys[0] ?? '').slice(0, 100) } }).problem
	const pointer = `/${error.issues[0]?.path.join('/') ?? ''}`
	return { ...fail('request/type-error', { params: { field: pointer } }).problem, pointer }
}
