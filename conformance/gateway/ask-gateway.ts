import { openRawConnection, type WireAnswer } from '../differential/raw-connection.ts'
import { requestsOf, type RanRequest } from '../differential/what-ran.ts'
import type { StockedSite } from '../differential/stocked-site.ts'
import type { ConnectedSite, IssuedThere } from './gateway-stage.ts'

export type Asking = {
	readonly method?: string
	readonly headers?: readonly (readonly [string, string])[]
	readonly json?: unknown
	readonly form?: string
	/** Sent as it is; its type is among the headers. */
	readonly body?: Uint8Array
}

export type Asked = WireAnswer & {
	/** The answer as JSON; undefined if it is none. */
	readonly body: unknown
	/** What reached the site meanwhile. */
	readonly ran: readonly RanRequest[]
}

/** Asks a target below the site's address, byte for byte, and says what the site got of it. */
export async function askGateway(
	{ url, site }: Pick<ConnectedSite, 'url'> & { readonly site: StockedSite },
	password: Pick<IssuedThere, 'basic'> | undefined,
	target: string,
	{ method, headers = [], json, form, body }: Asking = {},
): Promise<Asked> {
	const { port, pathname } = new URL(url)
	const connection = openRawConnection(Number(port))
	site.takeEvents()
	const text = json === undefined ? form : JSON.stringify(json)
	const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json'
	const sent = [
		...Object.entries(password?.basic ?? {}),
		...(text === undefined ? [] : [['Content-Type', type] as const]),
		...headers,
	]
	const answer = await connection.ask({
		method: method ?? (text === undefined && body === undefined ? 'GET' : 'POST'),
		target: `${pathname === '/' ? '' : pathname}${target}`,
		headers: sent,
		body: text === undefined ? body : Buffer.from(text),
	})
	connection.close()
	return { ...answer, body: readJson(answer.text), ran: requestsOf(site.takeEvents()) }
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}
