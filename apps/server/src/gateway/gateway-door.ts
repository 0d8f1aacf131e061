import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Configuration } from '../configuration.ts'
import type { Gateway } from './gateway.ts'
import { createPlaces } from './places.ts'

type Listener = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/**
 * Takes what is the gateway's and leaves all else to `next`. The gateway itself may still be loading: whoever comes first waits
 * for it.
 */
export function createGatewayDoor(configuration: Configuration, get: () => Promise<Gateway>): Listener {
	const findPlace = createPlaces(configuration)
	let gateway: Gateway | undefined
	return (request, response, next) => {
		const place = findPlace(request.url ?? '/', request.headers.host)
		if (place === undefined) return next()
		if (gateway !== undefined) return gateway.take(place, request, response)
		get().then(
			(opened) => {
				gateway = opened
				opened.take(place, request, response)
			},
			() => response.destroy(), // what did not load is told of by whoever loads it
		)
	}
}
