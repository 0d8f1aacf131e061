import type { Json } from './plain-request.ts'

/** What `note-what-runs.php` keeps, line by line. */
export type RanEvent =
	| {
			readonly event: 'http'
			readonly method: string
			readonly target: string
			readonly headers: Readonly<Record<string, string>>
	  }
	| {
			readonly event: 'asked'
			readonly method: string
			readonly route: string
			/** PHP writes a map without members as a list. */
			readonly query: Json
			readonly form: Json
			readonly json: Json
			readonly files: readonly string[]
			readonly user: number
	  }
	| {
			readonly event: 'ran'
			readonly method: string
			readonly route: string
			readonly pattern: string
			readonly path: Json
			readonly effective: Json
			readonly status: Json
			readonly user: number
	  }
	| { readonly event: 'call'; readonly method: string; readonly args: Json }

export type HttpEvent = Extract<RanEvent, { event: 'http' }>
export type AskedEvent = Extract<RanEvent, { event: 'asked' }>
export type RouteEvent = Extract<RanEvent, { event: 'ran' }>
export type CallEvent = Extract<RanEvent, { event: 'call' }>

/** One request that reached the site, with everything that WordPress ran because of it. */
export type RanRequest = {
	readonly http: HttpEvent
	readonly asked: readonly AskedEvent[]
	readonly ran: readonly RouteEvent[]
	readonly calls: readonly CallEvent[]
}

/** One after the other, because one is sent after the other. */
export function requestsOf(events: readonly RanEvent[]): readonly RanRequest[] {
	const requests: { http: HttpEvent; asked: AskedEvent[]; ran: RouteEvent[]; calls: CallEvent[] }[] = []
	for (const event of events) {
		const last = requests.at(-1)
		if (event.event === 'http') requests.push({ http: event, asked: [], ran: [], calls: [] })
		else if (last === undefined) throw new Error(`something ran without a request: ${JSON.stringify(event)}`)
		else if (event.event === 'asked') last.asked.push(event)
		else if (event.event === 'ran') last.ran.push(event)
		else last.calls.push(event)
	}
	return requests
}

/** Whether anything there may have changed. */
export function mayHaveChanged(requests: readonly RanRequest[]): boolean {
	return requests.some(
		({ ran, calls }) => calls.length > 0 || ran.some(({ method }) => method !== 'GET' && method !== 'OPTIONS'),
	)
}
