import type { Result } from '@postern/vocabulary'
import type { LatestPosts } from '../connectors/connector-type.ts'
import { noteRefusal } from './note-login.ts'
import { type MemberVisit, openForMember } from './open-for-member.ts'
import type { VerifyPorts } from './verify-site.ts'

/**
 * Reads the newest posts and drafts live through the connection: the proof that it works. Fails as `openForMember` does, and with
 * what the site says.
 */
export async function readLatestPosts(request: MemberVisit, ports: VerifyPorts): Promise<Result<LatestPosts>> {
	const opened = await openForMember(request, { purpose: 'site.read', requests: 4 }, ports)
	if (!opened.ok) return opened
	const { type, connector, reached, visit } = opened.value
	return noteRefusal(await type.readLatestPosts(reached, visit), connector, ports.store)
}
