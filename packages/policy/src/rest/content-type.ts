import { readHeaderParameters } from './header-parameters.ts'

export type ContentType =
	| { readonly kind: 'json' }
	| { readonly kind: 'form' }
	| { readonly kind: 'multipart'; readonly boundary: string }
	/** In lower case, without its parameters. */
	| { readonly kind: 'other'; readonly essence: string }

const plainEssence = /^[a-z0-9][a-z0-9.+_-]{0,63}\/[a-z0-9][a-z0-9.+_-]{0,127}$/
/** RFC 2046 §5.1.1, without the blank, which clients and servers disagree about. */
const plainBoundary = /^[0-9A-Za-z'()+_,\-./:=?]{1,70}$/

/** A media type without its parameters, in lower case; undefined for what is none. */
export function readMediaType(value: string): string | undefined {
	const essence = readHeaderParameters(value)?.value
	return essence !== undefined && plainEssence.test(essence) ? essence : undefined
}

/** Undefined for what is no content type, or says of JSON or a form what is not so. */
export function readContentType(value: string): ContentType | undefined {
	if (value === 'application/json') return { kind: 'json' }
	const header = readHeaderParameters(value)
	if (header === undefined || !plainEssence.test(header.value)) return undefined
	const { value: essence, parameters } = header
	if (essence === 'multipart/form-data') {
		const boundary = parameters.get('boundary') ?? ''
		return plainBoundary.test(boundary) ? { kind: 'multipart', boundary } : undefined
	}
	if (essence !== 'application/json' && essence !== 'application/x-www-form-urlencoded')
		return { kind: 'other', essence }
	const isUtf8 = [...parameters].every(([name, given]) => name === 'charset' && given.toLowerCase() === 'utf-8')
	return isUtf8 ? { kind: essence === 'application/json' ? 'json' : 'form' } : undefined
}
