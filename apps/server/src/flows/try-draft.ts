import { fail, type Result } from '@postern/vocabulary'
import type { DraftTrial } from '@postern/wp-client'
import { noteRefusal } from './note-login.ts'
import { type MemberVisit, openForMember } from './open-for-member.ts'
import type { VerifyPorts } from './verify-site.ts'

/** A write, a look at it, its removal, and what tells a firewall from WordPress. */
const requests = 8

/**
 * *Try a draft*: writes a marked one through the connection, reads it back and deletes it, so that a firewall against posts is
 * found before real work meets it. Fails as `openForMember` does, with `site/content-blocked`, with what else the site says, and
 * with `request/not-found` where the type cannot.
 */
export async function tryDraft(request: MemberVisit, ports: VerifyPorts): Promise<Result<DraftTrial>> {
	const opened = await openForMember(request, { purpose: 'draft.tried', requests }, ports)
	if (!opened.ok) return opened
	const { type, connector, reached, visit } = opened.value
	const tried = (await type.tryDraft?.(reached, visit)) ?? fail('request/not-found')
	return noteRefusal(tried, connector, ports.store)
}
