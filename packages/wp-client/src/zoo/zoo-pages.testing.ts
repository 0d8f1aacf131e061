import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request, as a site saw it. */
export type Visit = {
	readonly isTls: boolean
	readonly host: string
	readonly method: string
	readonly url: string
	readonly headers: IncomingMessage['headers']
	readonly body: string
}

export type Page = {
	readonly status: number
	readonly headers?: Readonly<Record<string, string>>
	readonly body: string | Buffer
}

/** What lives at an address: a page, or a function that answers on the socket itself. */
export type Animal = (visit: Visit) => Page | ((response: ServerResponse) => void)

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Page => ({
	status,
	headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
	body: JSON.stringify(value),
})

export const html = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Page => ({
	status,
	headers,
	body: `<!DOCTYPE html><html><head>${body}</html>`,
})

export const redirect = (location: string, status = 301): Page => ({ status, headers: { location }, body: '' })

/** A refusal in the words of WordPress. */
export const refusal = (status: number, code: string, message = 'No.'): Page =>
	json(status, { code, message, data: { status } })
