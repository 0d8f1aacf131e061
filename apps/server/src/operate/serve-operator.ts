import { fail } from '@postern/vocabulary'
import * as z from 'zod/mini'
import type { Store } from '../store/store.ts'
import { listenForOperator, type OperatorSocket } from './operator-socket.ts'
import { recoverAccount } from './recover-account.ts'
import { verifyAudit } from './verify-audit.ts'

const operatorRequest = z.discriminatedUnion('command', [
	z.strictObject({ command: z.literal('account recover'), username: z.string() }),
	z.strictObject({ command: z.literal('audit verify') }),
])
export type OperatorRequest = z.output<typeof operatorRequest>

type Ports = { readonly store: Store; readonly origin: string; readonly now: () => Date }

/** Lets the command line ask this server, which alone may use the data folder. Undefined where it cannot listen. */
export function serveOperator(dataFolder: string, ports: Ports): Promise<OperatorSocket | undefined> {
	return listenForOperator(dataFolder, async (request) => {
		const read = operatorRequest.safeParse(request)
		if (!read.success) return fail('request/malformed')
		return read.data.command === 'audit verify' ? verifyAudit(ports.store) : recoverAccount(read.data.username, ports)
	})
}
