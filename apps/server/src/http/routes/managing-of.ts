import type { Managing } from '../../flows/manage-passwords.ts'
import type { RequestContext } from '../request-context.ts'
import type { Membership, Person, SignedIn } from '../session-reader.ts'

type Asking = Pick<RequestContext, 'ip' | 'requestId'> & {
	readonly session: Person | SignedIn
	readonly member: Membership
	readonly path: Readonly<Record<string, string>>
}

/** What flows have to know of who asks, and whose passwords it is about. */
export function managingOf({ session, member, path, ip, requestId }: Asking): Managing {
	const { accountId, username, withPassword } = session
	const isSession = 'sessionId' in session
	return {
		workspaceId: member.workspaceId,
		memberId: path['memberId'] ?? '',
		by: {
			accountId,
			username,
			memberId: member.memberId,
			session: isSession ? { accountId, username, sessionId: session.sessionId } : undefined,
			...(withPassword === undefined ? {} : { withPassword }),
		},
		ip,
		requestId,
	}
}
