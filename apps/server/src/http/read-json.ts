import { fail, ok, type Result } from '@postern/vocabulary'

export const bodyLimitBytes = 256 * 1024
const depthLimit = 32

/** Names that would reach a prototype when an object is copied carelessly. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads a JSON body of our API. Fails with `request/content-type`, `/content-encoding`, `/body-too-large`, `/json-syntax`,
 * `/json-too-deep`, `/json-unknown-key`, `/number-range`.
 */
export async function readJsonBody(request: Request): Promise<Result<unknown>> {
	if (!isJson(request.headers.get('content-type'))) return fail('request/content-type')
	if (request.headers.has('content-encoding')) return fail('request/content-encoding')
	const bytes = await readBytes(request)
	if (!bytes.ok) return bytes
	return parseJson(bytes.value)
}

function isJson(contentType: string | null): boolean {
	return /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(contentType ?? '')
}

async function readBytes(request: Request): Promise<Result<Uint8Array>> {
	const tooLarge = () => fail('request/body-too-large', { params: { limit: bodyLimitBytes } })
	if (Number(request.headers.get('content-length') ?? 0) > bodyLimitBytes) return tooLarge()
	const chunks: Uint8Array[] = []
	let size = 0
	try {
		for await (const chunk of request.body ?? []) {
			size += chunk.byteLength
			if (size > bodyLimitBytes) return tooLarge()
			chunks.push(chunk)
		}
	} catch (cause) {
		return fail('request/json-syntax', { cause }) // whoever sent it left before its end
	}
	return ok(Buffer.concat(chunks))
}

/** Parses strict JSON in UTF-8: no byte order mark, at most 32 levels, only numbers that arrive as they were written. */
function parseJson(bytes: Uint8Array): Result<unknown> {
	if (isTooDeep(bytes)) return fail('request/json-too-deep', { params: { limit: depthLimit } })
	let value: unknown
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
		value = JSON.parse(text)
	} catch (cause) {
		return fail('request/json-syntax', { cause })
	}
	return checkTree(value, '')
}

/** Counts open brackets outside strings, before a parser builds anything. */
function isTooDeep(bytes: Uint8Array): boolean {
	let depth = 0
	let isInString = false
	for (let i = 0; i < bytes.length; i++) {
		const byte = bytes[i]
		if (isInString) {
			if (byte === 0x5c) i++
			else if (byte === 0x22) isInString = false
		} else if (byte === 0x22) isInString = true
		else if (byte === 0x5b || byte === 0x7b) depth++
		else if (byte === 0x5d || byte === 0x7d) depth--
		if (depth > depthLimit) return true
	}
	return false
}

function checkTree(value: unknown, pointer: string): Result<unknown> {
	if (typeof value === 'number') {
		const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
		return isExact ? ok(value) : fail('request/number-range', { params: { field: pointer || '/' } })
	}
	if (typeof value !== 'object' || value === null) return ok(value)
	for (const [key, child] of Object.entries(value)) {
		if (forbiddenKeys.has(key)) return fail('request/json-unknown-key', { params: { key } })
		const checked = checkTree(child, `${pointer}/${key}`)
		if (!checked.ok) return checked
	}
	return ok(value)
}
