import type { Egress, SiteStream } from '@postern/egress'
import {
	createMediaForm,
	embedRelationsOf,
	holdsUnfilteredHtml,
	holdsUnfilteredLine,
	missingOfBlocks,
	mustFilterHtml,
	type RestRequest,
	writeRest,
} from '@postern/policy'
import { fail, ok, type Result } from '@postern/vocabulary'
import type { SettledRequest } from '../access/settle.ts'
import type { Admitted } from './admit.ts'
import { formsOf } from './credential-forms.ts'
import { type Exchanged, exchange } from './exchange.ts'
import { type GatewaySite, siteOf } from './gateway-site.ts'
import type { OpenStream } from './open-streams.ts'
import type { Received } from './receive.ts'
import { createReflection } from './reflection.ts'
import { remakeOf } from './remake.ts'
import { createUpload } from './upload.ts'

export type Passing = { readonly received: Received; readonly admitted: Admitted; readonly open: OpenStream }

export type ForwardPorts = {
	readonly egress: Pick<Egress, 'dispatch' | 'problemOf'>
	/** What every answer bears. */
	readonly always: readonly string[]
}

const mediaLimit = 2_147_483_648
const otherLimit = 67_108_864

/** Sends a settled request to its site and passes the answer on. */
export function forward(
	settled: SettledRequest<RestRequest>,
	passing: Passing,
	{ egress, always }: ForwardPorts,
): Promise<Exchanged> {
	const { received, admitted, open } = passing
	const { gatewayUrl } = received
	const { request } = settled.recorded.permit
	const site = siteOf(admitted.connector, gatewayUrl)
	return exchange(
		{
			received,
			open,
			always,
			host: admitted.connector.site.host,
			credential: settled.credential,
			site,
			stream: streamOf(settled, passing, site),
			limit: request.segments[2] === 'media' ? mediaLimit : otherLimit,
			reflection: createReflection(settled.credential),
			remake: remakeOf(request, { admitted, site, gatewayUrl }),
		},
		egress,
	)
}

function streamOf(settled: SettledRequest<RestRequest>, passing: Passing, site: GatewaySite): SiteStream {
	const { permit, connector } = settled.recorded
	const { request } = permit
	const embeds = request.query.has('_embed') ? embedRelationsOf(request, passing.admitted.site) : undefined
	const written = writeRest(request, { leftOut: permit.leftOut, embeds })
	const headers = ['authorization', formsOf(settled.credential).authorization, 'accept-encoding', 'identity']
	if (written.contentType !== undefined) headers.push('content-type', written.contentType)
	if (written.disposition !== undefined) headers.push('content-disposition', written.disposition)
	passOn(passing.received, request, headers)
	const { body, contentLength } = bodyOf(request, written.body, { ...passing, headers })
	// Always of one shape: whatever reads it on its way does so in the same place.
	return {
		pool: connector.id,
		origin: site.origin,
		pin: connector.reach.pin ?? undefined,
		within: site.apiPath,
		path: site.pathOf(written.route, written.query),
		method: written.method,
		headers,
		body,
		contentLength,
	}
}

type Body = { readonly body: SiteStream['body']; readonly contentLength: number | undefined }

/** What was read is written anew; a file, and a form around one, go on as they arrive. */
function bodyOf(
	{ body, query }: RestRequest,
	written: string | undefined,
	{ received, admitted, open, headers }: Passing & { readonly headers: string[] },
): Body {
	if (body.kind !== 'file' && body.kind !== 'form-with-file') return framed(written ?? null, undefined)
	const { request, response } = received
	if (request.headers.expect !== undefined) response.writeContinue()
	const announced = request.headers['content-length']
	const incoming = announced === undefined ? undefined : Number(announced)
	const onBytes = (count: number) => open.tookFromCaller(count)
	if (body.kind === 'file') return framed(createUpload(request, { onBytes }), incoming)
	const form = createMediaForm(body.boundary, {
		checkField: (name, value) => {
			// What the form says would beat what was decided on.
			if (query.has(name) && query.get(name) !== value) return fail('gateway/parameter-conflict', { params: { name } })
			return checkHtml({ name, value }, admitted)
		},
	})
	headers.push('content-type', form.contentType)
	return framed(createUpload(request, { onBytes, filter: form }), form.declaredLength(incoming))
}

const framed = (body: SiteStream['body'], contentLength: number | undefined): Body => ({ body, contentLength })

type Field = { readonly name: string; readonly value: string }

function checkHtml({ name, value }: Field, { principal, site }: Admitted): Result<void> {
	const holds = name === 'title' ? holdsUnfilteredLine : holdsUnfilteredHtml
	const scope = missingOfBlocks(value, principal, site)
	if (scope !== undefined) return fail('application-password/scope-missing', { params: { scope } })
	if (!mustFilterHtml(principal, site) || !holds(value)) return ok()
	return fail('application-password/scope-missing', { params: { scope: 'html:unfiltered' } })
}

const singleRange = /^bytes=\d{0,15}-\d{0,15}$/

/** What of a caller's header reaches the site, besides what is written anew. */
function passOn({ request: { headers } }: Received, request: RestRequest, list: string[]): void {
	list.push('accept', headers.accept ?? '*/*')
	const language = headers['accept-language']
	if (language !== undefined) list.push('accept-language', language)
	const match = headers['if-none-match']
	if (match !== undefined) list.push('if-none-match', match)
	const since = headers['if-modified-since']
	if (since !== undefined) list.push('if-modified-since', since)
	const { range } = headers
	if (range !== undefined && request.segments[2] === 'media' && singleRange.test(range)) list.push('range', range)
}
