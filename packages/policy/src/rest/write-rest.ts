import type { Fields, FieldValue, RestBody, RestMethod, RestRequest } from '../request.ts'
import { embeddedRelations } from './embedded.ts'

/** A request as it goes to the site. The stream of an upload is the gateway's. */
export type WrittenRest = {
	readonly method: RestMethod
	/** Encoded, `/wp/v2/posts/7`; the index is `/`. */
	readonly route: string
	/** Encoded, without its question mark. */
	readonly query: string
	/** Undefined where there is no body, and where the gateway writes a form of its own. */
	readonly contentType: string | undefined
	/** A header's value as Node and undici take it: each character a byte. */
	readonly disposition: string | undefined
	readonly body: string | undefined
}

export type WriteOptions = {
	/** Relations that `_embed` must not bring. */
	readonly leftOut: readonly string[]
	/** What a bare `_embed` brings on this route, so that those that remain can be named; without it, it is left out if any is. */
	readonly embeds?: readonly string[] | undefined
}

const plainSegment = /^[A-Za-z0-9_-]*$/

/** Writes a request anew, in the one spelling that servers, PHP and WordPress read alike. */
export function writeRest(request: RestRequest, options: WriteOptions): WrittenRest {
	return {
		method: request.method,
		route: writeRoute(request.segments),
		query: writeQuery(narrowEmbed(request.query, options)),
		...writeBody(request.body, options),
	}
}

function writeRoute(segments: readonly string[]): string {
	let route = ''
	for (const segment of segments)
		route += plainSegment.test(segment) ? `/${segment}` : `/${encodeURIComponent(segment)}`
	return route === '' ? '/' : route
}

function writeQuery(query: Fields): string {
	if (query.size === 0) return ''
	const pairs: string[] = []
	for (const [name, value] of query) writePairs(encodeURIComponent(name), value, pairs)
	return pairs.join('&')
}

/** A list of texts needs no numbers; in one of lists and maps PHP would begin a new one with each of their members. */
function writePairs(name: string, value: FieldValue, pairs: string[]): void {
	if (typeof value !== 'object' || value === null) {
		pairs.push(`${name}=${encodeURIComponent(String(value ?? ''))}`)
		return
	}
	const isPlainList = Array.isArray(value) && value.every((member) => typeof member !== 'object')
	for (const [key, member] of Object.entries(value)) {
		writePairs(isPlainList ? `${name}%5B%5D` : `${name}%5B${encodeURIComponent(key)}%5D`, member, pairs)
	}
}

function narrowEmbed(query: Fields, { leftOut, embeds }: WriteOptions): Fields {
	const asked = embeddedRelations(query)
	if (asked === undefined || (leftOut.length === 0 && embeds === undefined)) return query
	const wanted = asked === 'all' ? (embeds ?? []) : asked
	const kept = wanted.filter((relation) => !leftOut.includes(relation))
	const narrowed = new Map(query)
	narrowed.delete('_embed')
	return kept.length === 0 ? narrowed : narrowed.set('_embed', kept.join(','))
}

function writeBody(body: RestBody, options: WriteOptions): Pick<WrittenRest, 'contentType' | 'disposition' | 'body'> {
	switch (body.kind) {
		case 'fields':
			return writeJson(Object.fromEntries(body.fields))
		case 'batch': {
			const requests = body.requests.map((request) => writeItem(request, options))
			return writeJson({ validation: body.validation, requests })
		}
		case 'file': {
			const { contentType, filename } = body
			const disposition = filename === null ? undefined : `attachment; filename="${bytesOf(filename)}"`
			return { contentType, disposition, body: undefined }
		}
		case 'none':
		case 'form-with-file':
			return { contentType: undefined, disposition: undefined, body: undefined }
	}
}

function writeItem(request: RestRequest, options: WriteOptions): unknown {
	const { method, route, query } = writeRest(request, options)
	const path = query === '' ? route : `${route}?${query}`
	const { body } = request
	return body.kind === 'fields' ? { path, method, body: Object.fromEntries(body.fields) } : { path, method }
}

function writeJson(document: unknown): Pick<WrittenRest, 'contentType' | 'disposition' | 'body'> {
	return { contentType: 'application/json', disposition: undefined, body: JSON.stringify(document) }
}

/** A character for each byte of UTF-8, as headers are written. */
function bytesOf(text: string): string {
	return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
}
