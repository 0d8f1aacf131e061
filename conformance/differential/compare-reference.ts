import type { FieldValue, Permit, RestRequest } from '@postern/policy'
import { asPhpSays, isMap, isSameText } from './same-value.ts'
import type { Json } from './plain-request.ts'
import type { AskedEvent, RanRequest } from './what-ran.ts'

/**
 * What a site makes of the very bytes that were permitted, had they come without us: another reading of them would mean that
 * Postern decides on something else than what the caller said. Gives what is wrong, in words.
 */
export function compareReference({ request }: Permit<RestRequest>, ran: readonly RanRequest[]): readonly string[] {
	const [asked, ...items] = ran.flatMap((one) => one.asked)
	// It may be that WordPress itself finds nothing there: then nothing else is meant by it.
	if (asked === undefined) return []
	const { body } = request
	const ofItems =
		body.kind === 'batch' && items.length === body.requests.length
			? body.requests.flatMap((item, at) => differ(item, items[at]))
			: []
	return [...differ(request, asked), ...ofItems, ...parametersOf(request, asked)].map(
		(one) => `alone, WordPress reads it otherwise: ${one}`,
	)
}

type Named = Pick<RestRequest, 'method' | 'segments'>

function differ({ method, segments }: Named, asked: AskedEvent | undefined): readonly string[] {
	if (asked === undefined) return []
	const decided = `${method} ${tidy(`/${segments.join('/')}`)}`
	const read = `${asked.method} ${tidy(asked.route)}`
	return decided === read ? [] : [`decided ${decided}, there ${read}`]
}

/** Letter case says nothing in a route, nor does a slash at its end, nor how a letter is encoded. */
function tidy(route: string): string {
	return decode(route)
		.replaceAll('//', '/')
		.replace(/(.)\/$/, '$1')
		.toLowerCase()
}

function decode(route: string): string {
	try {
		return decodeURIComponent(route)
	} catch {
		return route
	}
}

/** Only what WordPress sees there: it reads no form of a PUT and no type it does not know, and we may. */
function parametersOf({ query, body }: RestRequest, asked: AskedEvent): readonly string[] {
	if (body.kind !== 'fields' && body.kind !== 'none') return []
	const decided = new Map<string, FieldValue>(query)
	if (body.kind === 'fields') for (const [name, value] of body.fields) decided.set(name, value)
	const read: Record<string, Json> = {}
	for (const place of [asked.query, asked.form, asked.json]) if (isMap(place)) Object.assign(read, place)
	return Object.entries(read).flatMap(([name, value]) => {
		if (name === 'rest_route' || name === '_method') return []
		const said = decided.get(name)
		const want = said === undefined ? undefined : asPhpSays(said)
		return want !== undefined && isSameText(want, value)
			? []
			: [`parameter ${name}: decided ${JSON.stringify(want)}, there ${JSON.stringify(value)}`]
	})
}
