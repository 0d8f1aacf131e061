import type { Asking } from '../access/record-decision.ts'
import type { Admitted } from './admit.ts'
import type { Received } from './receive.ts'

/** Who asks for what, but for its calls. */
export function askingBy(
	{ requestId, ip }: Received,
	{ held, connector, actor, password }: Pick<Admitted, 'held' | 'connector' | 'actor' | 'password'>,
): Omit<Asking, 'calls'> {
	return { connector, actor, password, requestId, ip, writesPerDay: held.password.grants.writesPerDay }
}
