import { ok, type Result } from '@postern/vocabulary'
import type { RestRequest, RestWire } from '../request.ts'
import { createMediaForm } from './media-form.ts'
import { withFields, withoutFields } from './read-body.ts'
import { readRestHead } from './read-head.ts'
import { isRestTarget } from './read-target.ts'
import { writeRest } from './write-rest.ts'

/** A request as a client sends it; with a body it has a length. */
export type Sent = {
	readonly method?: string
	readonly target: string
	readonly headers?: Readonly<Record<string, string>>
	readonly body?: string | Uint8Array
}

export function wireOf({ method = 'GET', target, headers = {}, body }: Sent): RestWire {
	const length = body === undefined || body.length === 0 ? {} : { 'Content-Length': String(body.length) }
	return { method, target, rawHeaders: Object.entries({ ...headers, ...length }).flat() }
}

export function readSent(sent: Sent): Result<RestRequest> {
	const head = readRestHead(wireOf(sent))
	if (!head.ok) return head
	const bytes = typeof sent.body === 'string' ? new TextEncoder().encode(sent.body) : (sent.body ?? new Uint8Array())
	const { expects } = head.value
	if (expects.kind === 'json' || expects.kind === 'form') return withFields(head.value, bytes)
	if (expects.kind !== 'form-with-file') return ok(withoutFields(head.value))
	const form = createMediaForm(expects.boundary)
	const written = form.write(bytes)
	const ended = written.ok ? form.end() : written
	return ended.ok ? ok(withoutFields(head.value)) : ended
}

/** What goes on, `POST /wp/v2/posts?a=1 {"title":"x"}`, or the code of the refusal, with the name it tells. */
export function outcomeOf(sent: Sent): string {
	if (!isRestTarget(sent.target) && sent.method !== 'CONNECT') return 'not REST'
	const read = readSent(sent)
	if (!read.ok) return [read.problem.code, ...Object.values(read.problem.params).map(String)].join(' ')
	const { method, route, query, body } = writeRest(read.value, { leftOut: [] })
	return `${method} ${route}${query === '' ? '' : `?${query}`}${body === undefined ? '' : ` ${body}`}`
}

export function get(target: string): string {
	return outcomeOf({ target })
}

export function post(target: string, body: string, type = 'application/json'): string {
	return outcomeOf({ method: 'POST', target, headers: { 'Content-Type': type }, body })
}

export const formType = 'application/x-www-form-urlencoded'
