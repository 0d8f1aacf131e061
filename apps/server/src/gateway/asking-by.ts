import type { Asking } from '../access/record-decision.ts'
import { actorOf } from '../store/audit/audit-entry.ts'
import type { Admitted } from './admit.ts'
import type { Received } from './receive.ts'

/** Who asks for what, but for its calls. */
export function askingBy(
	{ requestId, ip }: Received,
	{ held, connector }: Pick<Admitted, 'held' | 'connector'>,
): Omit<Asking, 'calls'> {
	const { user, password } = held
	const { uuid, name } = password
	const withPassword = { uuid, name }
	const actor = actorOf({ accountId: user.accountId, username: user.login, withPassword })
	return { connector, actor, password: withPassword, requestId, ip, writesPerDay: password.grants.writesPerDay }
}
