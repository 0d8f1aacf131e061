import type { Diagnosis } from '@postern/vocabulary'
import { sql } from 'kysely'
import { atomically, type StoreHandle } from '../handle.ts'

/** What the gateway learns of a site credential: whether the site still takes it. */
export function loginFunctions(handle: StoreHandle) {
	const { db, now } = handle
	return {
		/**
		 * Counts that the site refused the credential of that version, and says so on the connector. Gives how often it did in a
		 * row; undefined when the credential was replaced, or the connector deleted, meanwhile.
		 */
		recordRejectedLogin(
			workspaceId: string,
			id: string,
			sealVersion: number,
		): Promise<{ readonly count: number } | undefined> {
			return atomically(handle, async (transaction) => {
				const counted = await transaction
					.updateTable('connector')
					.set({ rejected_logins: sql<number>`rejected_logins + 1`, row_version: sql<number>`row_version + 1` })
					.where('workspace_id', '=', workspaceId)
					.where('phase', '=', 'saved')
					.where('id', '=', id)
					.where('seal_version', '=', sealVersion)
					.returning(['rejected_logins', 'host', 'site_username'])
					.executeTakeFirst()
				if (counted === undefined) return undefined
				const diagnosis = rejection(counted.host, counted.site_username)
				await transaction
					.updateTable('connector')
					.set({ state: 'needs-attention', state_problem: JSON.stringify(diagnosis), updated_at: now().getTime() })
					.where('id', '=', id)
					.execute()
				return { count: counted.rejected_logins }
			})
		},

		/** The site took the credential of that version after it had refused it. */
		async recordAcceptedLogin(workspaceId: string, id: string, sealVersion: number): Promise<void> {
			await db
				.updateTable('connector')
				.set({
					rejected_logins: 0,
					state: 'healthy',
					state_problem: null,
					updated_at: now().getTime(),
					row_version: sql<number>`row_version + 1`,
				})
				.where('workspace_id', '=', workspaceId)
				.where('phase', '=', 'saved')
				.where('id', '=', id)
				.where('seal_version', '=', sealVersion)
				.where('rejected_logins', '>', 0)
				.execute()
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
