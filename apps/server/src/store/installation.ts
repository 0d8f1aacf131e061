import { randomUUID } from 'node:crypto'
import type { StoreHandle } from './handle.ts'
import { newId } from './ids.ts'

/** What there is once in an installation. */
type InstallationKey = 'id' | 'vault-canary' | 'setup-closed' | 'written-by' | 'application-passwords-in-use' | 'app-id'

export type Installation = ReturnType<typeof installationOn>

export function installationOn({ db, now }: StoreHandle) {
	const find = async (key: InstallationKey): Promise<string | undefined> => {
		const row = await db.selectFrom('installation').select('value').where('key', '=', key).executeTakeFirst()
		return row?.value
	}
	/** Of any number of attempts, on any number of nodes, exactly one gives true. */
	const insert = async (key: InstallationKey, value: string): Promise<boolean> => {
		const row = await db
			.insertInto('installation')
			.values({ key, value })
			.onConflict((conflict) => conflict.column('key').doNothing())
			.returning('key')
			.executeTakeFirst()
		return row !== undefined
	}
	const keepFirst = async (key: InstallationKey, value: string): Promise<string> =>
		(await find(key)) ?? ((await insert(key, value)) ? value : ((await find(key)) ?? value))
	return {
		/** Names this installation, the same for ever. */
		getId: (): Promise<string> => keepFirst('id', newId('ins')),

		/** What this installation calls itself at the sites that it asks for a password: a UUID in lower case, the same for ever. */
		getAppId: (): Promise<string> => keepFirst('app-id', randomUUID()),

		/** Keeps the first canary it is given, and gives the one that is kept. */
		async keepVaultCanary(canary: Uint8Array): Promise<Uint8Array> {
			return Buffer.from(await keepFirst('vault-canary', Buffer.from(canary).toString('base64')), 'base64')
		},

		isSetupClosed: async (): Promise<boolean> => (await find('setup-closed')) !== undefined,

		/** Closes the setup for ever; false if it was closed already. Belongs into the transaction that sets up. */
		closeSetup: (): Promise<boolean> => insert('setup-closed', now().toISOString()),

		/** For ever: that none is left does not undo it. */
		async markApplicationPasswordsInUse(): Promise<void> {
			await insert('application-passwords-in-use', now().toISOString())
		},

		/** Notes the version of Postern that wrote here last, for the message an older one gives. */
		async recordVersion(version: string): Promise<void> {
			await db
				.insertInto('installation')
				.values({ key: 'written-by', value: version })
				.onConflict((conflict) => conflict.column('key').doUpdateSet({ value: version }))
				.execute()
		},
	}
}
