import { asRecord, asText, asTexts } from './json-reading.ts'

/** What the REST index (`GET /wp-json/`) says. Texts are as sent: entities in, uncut. */
export type SiteIndex = {
	readonly name: string
	readonly description: string
	/** Where WordPress lives ("WordPress Address"). */
	readonly url: string
	/** Where the site lives ("Site Address"). */
	readonly home: string
	readonly namespaces: readonly string[]
	/** Hours from UTC; sites send a number, a numeric string, or nothing. */
	readonly gmtOffset: number
	readonly offersApplicationPasswords: boolean
	readonly authorizationEndpoint?: string
}

/** Reads an index; undefined when it is some other JSON. `authentication` is `[]` when nothing is on, an object otherwise. */
export function readSiteIndex(value: unknown): SiteIndex | undefined {
	const index = asRecord(value)
	if (index === undefined || !('namespaces' in index)) return undefined
	const namespaces = asTexts(index['namespaces'], 300)
	if (namespaces.length === 0) return undefined
	const scheme = asRecord(asRecord(index['authentication'])?.['application-passwords'])
	const authorization = asRecord(scheme?.['endpoints'])?.['authorization']
	const offset = Number(index['gmt_offset'])
	return {
		name: asText(index['name']),
		description: asText(index['description']),
		url: asText(index['url']),
		home: asText(index['home']),
		namespaces,
		gmtOffset: Number.isFinite(offset) ? offset : 0,
		offersApplicationPasswords: scheme !== undefined,
		...(typeof authorization === 'string' ? { authorizationEndpoint: authorization } : {}),
	}
}
