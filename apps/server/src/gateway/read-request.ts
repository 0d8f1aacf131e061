import { isBodyLeft, type MaybePromise } from '@postern/app-passwords'
import { readRestHead, type RestHead, type RestRequest, withFields, withoutFields } from '@postern/policy'
import { fail, ok, type Result } from '@postern/vocabulary'
import { andThen } from '../store/maybe-promise.ts'
import { readBody } from './read-body.ts'
import type { OpenStream } from './open-streams.ts'
import type { Received } from './receive.ts'

/**
 * Reads a REST request into its only form; a body on which the decision does not depend is left for later, and one that would
 * be refused whatever is in it is not read (`mayPass` says so of the request without it). Fails with what
 * policy finds wrong, `request/body-too-large`, `gateway/body-malformed`.
 */
export function readRequest(
	received: Received,
	open: OpenStream,
	mayPass: (request: RestRequest) => boolean,
): MaybePromise<Result<RestRequest>> {
	const { method, target, request } = received
	const head = readRestHead({ method, target, rawHeaders: request.rawHeaders })
	if (!head.ok) return head
	const { expects } = head.value
	if (expects.kind === 'none') {
		return isBodyLeft(request) ? fail('gateway/body-malformed') : ok(withoutFields(head.value))
	}
	if (expects.kind === 'file' || expects.kind === 'form-with-file') return ok(withoutFields(head.value))
	if (isAnnounced(received, expects.maxBytes) && !isBatch(head.value) && !mayPass(withoutBody(head.value)))
		return ok(withoutBody(head.value))
	return andThen(readBody(received, expects.maxBytes, open), (body) =>
		body.ok ? withFields(head.value, body.value) : body,
	)
}

/** Whether its sender waits to be told to go on, or tells that there is more than anybody would read. */
function isAnnounced({ request: { headers } }: Received, maxBytes: number): boolean {
	return headers.expect !== undefined || Number(headers['content-length']) > maxBytes
}

/** What a batch does stands in its body only; of any other request fields only make more of it. */
const isBatch = ({ segments }: RestHead): boolean => segments[0] === 'batch'

function withoutBody({ method, segments, query }: RestHead): RestRequest {
	return { kind: 'rest', method, segments, query, body: { kind: 'none' } }
}
