import { fail, ok, type Failure, type Result } from '@postern/vocabulary'
import { quoteText } from '@postern/wordpress'
import type { FieldValue } from '../request.ts'
import { checkJson } from './check-json.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { refuseParameter, refuseSteering } from './parameter-tree.ts'

const maxJsonDepth = 32

/**
 * Reads a JSON object so that no other reader can see something else in it: strict UTF-8 without a byte order mark, no key twice,
 * 32 levels, no number that would change. Fails with `request/json-syntax`, `request/json-duplicate-key`,
 * `request/json-too-deep`, `gateway/parameter-refused` and `gateway/body-malformed` (no object, or such a number).
 */
export function readJsonObject(body: Uint8Array): Result<Map<string, FieldValue>> {
	const text = decodeUtf8(body)
	const parsed = text === undefined ? undefined : parse(text)
	if (text === undefined || parsed === undefined) return fail('request/json-syntax')
	const fault = checkJson(text, parsed, maxJsonDepth)
	if (fault !== undefined) return failureOf(fault)
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return fail('gateway/body-malformed')
	const fields = new Map<string, FieldValue>(Object.entries(parsed))
	return refuseSteering(fields.keys()) ?? ok(fields)
}

function failureOf(fault: NonNullable<ReturnType<typeof checkJson>>): Failure {
	switch (fault.kind) {
		case 'duplicate':
			return fail('request/json-duplicate-key', { params: { key: quoteText(fault.key, 64) } })
		case 'too-deep':
			return fail('request/json-too-deep', { params: { limit: maxJsonDepth } })
		case 'prototype':
			return refuseParameter('__proto__')
		case 'text':
			return fail('request/json-syntax')
		case 'number':
			return fail('gateway/body-malformed')
	}
}

function parse(text: string): FieldValue | undefined {
	try {
		return JSON.parse(text) as FieldValue // what JSON can say
	} catch {
		return undefined
	}
}
