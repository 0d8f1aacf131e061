import { add, noParameters, readPairs, type Parameters, type Unreadable } from './parameters.ts'

export type BodyParameters =
	| { readonly kind: 'json' | 'form'; readonly parameters: Parameters }
	| { readonly kind: 'none' }

const none: BodyParameters = { kind: 'none' }
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads the parameters of a body by its media type. Any other type than JSON and forms has none, as in WordPress. */
export async function readBody(
	bytes: Uint8Array,
	contentType: string | undefined,
): Promise<BodyParameters | Unreadable | 'json'> {
	const type = mediaType(contentType)
	if (bytes.length === 0) return none
	if (/^application\/(?:[\w.+-]+\+)?json$/.test(type)) return readJson(bytes)
	if (type === 'application/x-www-form-urlencoded') return readForm(bytes)
	return type === 'multipart/form-data' ? readMultipart(bytes, contentType ?? '') : none
}

export function isForm(contentType: string | undefined): boolean {
	const type = mediaType(contentType)
	return type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data'
}

function mediaType(contentType: string | undefined): string {
	return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function readJson(bytes: Uint8Array): BodyParameters | 'json' {
	try {
		const value: unknown = JSON.parse(strictUtf8.decode(bytes))
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
		return { kind: 'json', parameters: isObject ? new Map(Object.entries(value)) : noParameters }
	} catch {
		return 'json'
	}
}

function readForm(bytes: Uint8Array): BodyParameters | Unreadable {
	const text = decodeStrictly(bytes)
	const parameters = text === undefined ? 'encoding' : readPairs(text)
	return typeof parameters === 'string' ? parameters : { kind: 'form', parameters }
}

async function readMultipart(bytes: Uint8Array, contentType: string): Promise<BodyParameters | Unreadable> {
	if (decodeStrictly(bytes) === undefined) return 'encoding'
	const parameters = new Map<string, unknown>()
	try {
		const form = await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': contentType } }).formData()
		for (const [name, value] of form) {
			if (typeof value === 'string' && !add(parameters, name, value)) return 'ambiguous'
		}
	} catch {
		return 'encoding'
	}
	return { kind: 'form', parameters }
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
	try {
		return strictUtf8.decode(bytes)
	} catch {
		return undefined
	}
}
