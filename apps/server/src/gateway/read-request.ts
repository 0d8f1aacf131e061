import { isBodyLeft } from '@postern/app-passwords'
import { readRestHead, type RestRequest, withFields, withoutFields } from '@postern/policy'
import { fail, ok, type Result } from '@postern/vocabulary'
import { readBody } from './read-body.ts'
import type { OpenStream } from './open-streams.ts'
import type { Received } from './receive.ts'

/**
 * Reads a REST request into its only form; a body on which the decision does not depend is left for later. Fails with what
 * policy finds wrong, `request/body-too-large`, `gateway/body-malformed`.
 */
export async function readRequest(received: Received, open: OpenStream): Promise<Result<RestRequest>> {
	const { method, target, request } = received
	const head = readRestHead({ method, target, rawHeaders: request.rawHeaders })
	if (!head.ok) return head
	const { expects } = head.value
	if (expects.kind === 'none') {
		return isBodyLeft(request) ? fail('gateway/body-malformed') : ok(withoutFields(head.value))
	}
	if (expects.kind === 'file' || expects.kind === 'form-with-file') return ok(withoutFields(head.value))
	const body = await readBody(received, expects.maxBytes, open)
	return body.ok ? withFields(head.value, body.value) : body
}
