import { restUrl, type RestQuery } from '@postern/wordpress'
import { type ApiReply, askApi } from './ask-api.ts'
import type { Session } from './session.ts'

type Deletion = { readonly step: string; readonly route: string; readonly query?: RestQuery }

/** With which servers in front of WordPress refuse a method that they do not know. */
const refusals: readonly number[] = [400, 403, 405, 406, 501]
const MAX_BYTES = 524_288

/**
 * Deletes. Hosts that let only GET and POST through answer `DELETE` themselves; then WordPress is asked with its own spelling of it,
 * `_method`. Whoever reads that as a plain POST changes nothing, since it carries no body.
 */
export async function askToDelete(session: Session, { step, route, query = {} }: Deletion): Promise<ApiReply> {
	const { site, probe, authorization } = session
	const asked = { step, authorization, maxBytes: MAX_BYTES }
	const reply = await askApi(probe, { ...asked, url: restUrl(site.root, route, query), method: 'DELETE' })
	const status = reply.kind === 'trouble' ? reply.answer?.status : undefined
	if (status === undefined || !refusals.includes(status)) return reply
	const url = restUrl(site.root, route, { ...query, _method: 'DELETE' })
	return askApi(probe, { ...asked, url, method: 'POST' })
}
