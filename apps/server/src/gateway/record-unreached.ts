import { fail } from '@postern/vocabulary'
import type { Logger } from 'pino'
import { type AskedCall, recordDecision } from '../access/record-decision.ts'
import type { Store } from '../store/store.ts'
import { recordedNames, type Unreached } from './admit.ts'
import { askingBy } from './asking-by.ts'
import type { Received } from './receive.ts'

type Ports = { readonly store: Pick<Store, 'accessJournal'>; readonly logger: Logger }

/**
 * Records that a password asked for a site that it was not given. Only the record knows: the caller has its answer before, the
 * same and as soon as where no such site is, and gets it also where the record takes nothing more.
 */
export function recordUnreached(
	unreached: Unreached,
	{ received, readCalls }: { readonly received: Received; readonly readCalls: () => readonly AskedCall[] },
	{ store, logger }: Ports,
): void {
	const record = async () => {
		const asking = askingBy(received, { ...unreached, ...recordedNames(unreached.held) })
		return recordDecision(fail('request/not-found'), { ...asking, calls: readCalls() }, store)
	}
	setImmediate(() => {
		record().catch((cause: unknown) => logger.error({ requestId: received.requestId, err: cause }, 'internal/bug'))
	})
}
