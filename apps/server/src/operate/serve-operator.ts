import { fail } from '@postern/vocabulary'
import * as z from 'zod/mini'
import type { Store } from '../store/store.ts'
import { listenForOperator, type OperatorSocket } from './operator-socket.ts'
import { recoverAccount } from './recover-account.ts'

export const operatorRequest = z.strictObject({ command: z.literal('account recover'), username: z.string() })
export type OperatorRequest = z.output<typeof operatorRequest>

/** Lets the command line ask this server, which alone may use the data folder. Undefined where it cannot listen. */
export function serveOperator(
	dataFolder: string,
	ports: { readonly store: Store; readonly origin: string; readonly now: () => Date },
): Promise<OperatorSocket | undefined> {
	return listenForOperator(dataFolder, async (request) => {
		const read = operatorRequest.safeParse(request)
		return read.success ? recoverAccount(read.data.username, ports) : fail('request/malformed')
	})
}
