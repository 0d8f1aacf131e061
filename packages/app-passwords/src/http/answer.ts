import type { Grants, MaybePromise, User } from '../types.ts'
import { createXmlRpc } from '../xml-rpc/answer-xml-rpc.ts'
import { isForm } from './body.ts'
import { createForwarded } from './forwarded.ts'
import type { HandlerOptions } from './options.ts'
import { readPairs } from './parameters.ts'
import { findPlace, type Place } from './place.ts'
import { createRest } from './rest.ts'
import type { Answer, WireAnswer, WireRequest } from './wire.ts'

type Doors = {
	readonly rest: (request: WireRequest, place: Place) => MaybePromise<WireAnswer>
	readonly xmlRpc: (request: WireRequest, query: string) => MaybePromise<WireAnswer>
}

/** Makes what answers every path of ours, whatever the server. Throws a `RangeError` for settings that cannot be. */
export function createAnswer<U extends User, G extends Grants>(options: HandlerOptions<U, G>): Answer {
	const folder = readFolder(options.site.url)
	const readForwarded = createForwarded(options.trustedProxies ?? [])
	const doors = { rest: createRest(options), xmlRpc: createXmlRpc(options) }
	return (received) => {
		const place = findPlace(received.target, folder)
		return place === undefined ? undefined : open(place, readForwarded(received), { options, doors })
	}
}

function open<U extends User, G extends Grants>(
	place: Place,
	request: WireRequest,
	{ options, doors }: { options: HandlerOptions<U, G>; doors: Doors },
): MaybePromise<WireAnswer | undefined> {
	switch (place.door) {
		case 'rest':
			return doors.rest(request, place)
		case 'root':
			return isRest(place.query, request, options) ? doors.rest(request, place) : undefined
		case 'xml-rpc':
			return options.exposeXmlRpc === false ? undefined : doors.xmlRpc(request, place.query)
		case 'authorize':
			return options.authorizePage?.(request)
		case 'login':
			return options.loginPage?.(request)
		case 'dashboard':
			return options.dashboardUrl === undefined ? undefined : redirectTo(options.dashboardUrl)
	}
}

/** Whether the front page is asked for a route. */
function isRest<U extends User, G extends Grants>(
	query: string,
	request: WireRequest,
	{ readFormRoute = false }: HandlerOptions<U, G>,
): boolean {
	const parameters = query === '' ? undefined : readPairs(query)
	// What cannot be read might hold one.
	if (typeof parameters === 'string') return query.includes('rest')
	if (parameters?.has('rest_route') === true && parameters.get('rest_route') !== '') return true
	return readFormRoute && request.method === 'POST' && isForm(request.header('content-type'))
}

function redirectTo(location: string): WireAnswer {
	return { status: 302, headers: { Location: location, 'Cache-Control': 'no-store' }, body: '' }
}

/** The folder of the site's address, without a slash at the end; in most cases none. */
function readFolder(siteUrl: string): string {
	const { protocol, pathname, search, hash } = new URL(siteUrl)
	const isPlain = /^https?:$/.test(protocol) && search === '' && hash === '' && !siteUrl.endsWith('/')
	if (!isPlain) throw new RangeError('site.url must be an http(s) address without a slash at the end')
	return pathname === '/' ? '' : pathname
}
