import { type AskSite, ok, type SiteRequest } from '@postern/vocabulary'
import type { Animal, Visit } from './zoo-server.testing.ts'

/** The zoo without sockets, on the standard ports: every name leads to the same animal. */
export function askAnimal(animal: Animal): { readonly ask: AskSite; readonly visits: Visit[] } {
	const visits: Visit[] = []
	const ask: AskSite = (request) => {
		const visit = visitOf(request)
		visits.push(visit)
		const page = animal(visit)
		if (typeof page === 'function') throw new TypeError('This animal needs a socket')
		const headers = new Headers({ 'content-type': 'text/html', ...page.headers })
		const body = new Uint8Array(Buffer.from(page.body))
		return Promise.resolve(ok({ url: request.url, status: page.status, headers, body, elapsedMs: 1 }))
	}
	return { ask, visits }
}

function visitOf({ url, method, headers = {}, body = '' }: SiteRequest): Visit {
	return {
		isTls: url.protocol === 'https:',
		host: url.hostname,
		method,
		url: url.pathname + url.search,
		headers: { ...headers, host: url.host },
		body,
	}
}
