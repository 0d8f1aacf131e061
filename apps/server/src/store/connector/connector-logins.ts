import type { Diagnosis } from '@postern/vocabulary'
import { sql } from 'kysely'
import { atomically, type StoreHandle } from '../handle.ts'
import { workingState } from './connector.ts'
import { connectorColumns, readConnector, readPermissions } from './connector-row.ts'
import type { KeptCheck } from './connector-checks.ts'
import type { HealthChange } from './next-health.ts'

/** What a request made of a connector; undefined: nothing that others are told of. */
export type LoginNoticed = Pick<KeptCheck, 'connector' | 'change'>

/** What the gateway learns of a site credential: whether the site still takes it. */
export function loginFunctions(handle: StoreHandle) {
	const { now } = handle
	return {
		/**
		 * Counts that the site refused the credential of that version, and says so on the connector. Gives how often it did in a
		 * row; undefined when the credential was replaced, or the connector deleted, meanwhile.
		 */
		recordRejectedLogin(
			workspaceId: string,
			id: string,
			sealVersion: number,
		): Promise<(LoginNoticed & { readonly count: number }) | undefined> {
			return atomically(handle, async (transaction) => {
				const counted = await transaction
					.updateTable('connector')
					.set({ rejected_logins: sql<number>`rejected_logins + 1`, row_version: sql<number>`row_version + 1` })
					.where('workspace_id', '=', workspaceId)
					.where('phase', '=', 'saved')
					.where('id', '=', id)
					.where('seal_version', '=', sealVersion)
					.returning(['rejected_logins', 'host', 'site_username', 'state'])
					.executeTakeFirst()
				if (counted === undefined) return undefined
				const diagnosis = rejection(counted.host, counted.site_username)
				const row = await transaction
					.updateTable('connector')
					.set({ state: 'needs-attention', state_problem: JSON.stringify(diagnosis), updated_at: now().getTime() })
					.where('workspace_id', '=', workspaceId)
					.where('id', '=', id)
					.returning(connectorColumns)
					.executeTakeFirstOrThrow()
				const change: HealthChange | undefined = counted.state === 'needs-attention' ? undefined : 'needs-attention'
				return { count: counted.rejected_logins, connector: readConnector(row), change }
			})
		},

		/** The site took the credential of that version after it had refused it. Undefined: it had not. */
		recordAcceptedLogin(workspaceId: string, id: string, sealVersion: number): Promise<LoginNoticed | undefined> {
			return atomically(handle, async (transaction) => {
				const accepted = await transaction
					.updateTable('connector')
					.set({ rejected_logins: 0, row_version: sql<number>`row_version + 1` })
					.where('workspace_id', '=', workspaceId)
					.where('phase', '=', 'saved')
					.where('id', '=', id)
					.where('seal_version', '=', sealVersion)
					.where('rejected_logins', '>', 0)
					.returning(['permissions', 'state'])
					.executeTakeFirst()
				if (accepted === undefined) return undefined
				const state = workingState(readPermissions(accepted.permissions))
				const row = await transaction
					.updateTable('connector')
					.set({ state, state_problem: null, failures: 0, failing_since: null, updated_at: now().getTime() })
					.where('workspace_id', '=', workspaceId)
					.where('id', '=', id)
					.returning(connectorColumns)
					.executeTakeFirstOrThrow()
				const wasBad = accepted.state === 'needs-attention' || accepted.state === 'unreachable'
				return { connector: readConnector(row), change: wasBad ? 'recovered' : undefined }
			})
		},
	}
}

function rejection(host: string, username: string): Diagnosis {
	return {
		code: 'site-credential/rejected',
		params: { host, username },
		certainty: 'likely', // a proxy that drops credentials looks the same from the gateway
		rung: 'login',
		alternatives: ['site-credential/rejected-or-stripped'],
		evidence: [],
	}
}
