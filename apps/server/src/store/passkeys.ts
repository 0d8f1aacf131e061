import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import type { StoreHandle } from './handle.ts'
import { newId } from './ids.ts'
import { readJson } from './json-column.ts'
import type { StoreSchema } from './schema.ts'
import { storable } from './storable.ts'

export type Passkey = {
	readonly id: string
	readonly accountId: string
	/** As the authenticator named it, base64url. */
	readonly credentialId: string
	/** COSE (RFC 9052 §7). */
	readonly publicKey: Uint8Array<ArrayBuffer>
	readonly transports: readonly string[]
	readonly name: string
	readonly createdAt: Date
	readonly lastUsedAt: Date | null
}

export type NewPasskey = Omit<Passkey, 'id' | 'createdAt' | 'lastUsedAt'> & { readonly counter: number }

export type Passkeys = ReturnType<typeof passkeysOn>

export function passkeysOn({ db, now }: StoreHandle) {
	const owned = (accountId: string) => db.selectFrom('passkey').selectAll().where('account_id', '=', accountId)
	return {
		/** Gives undefined when somebody has that credential already. */
		async add(passkey: NewPasskey): Promise<Passkey | undefined> {
			const { accountId, credentialId, publicKey, counter, transports, name } = passkey
			const values = {
				id: newId('pk'),
				account_id: accountId,
				credential_id: credentialId,
				public_key: publicKey,
				counter,
				transports: JSON.stringify(transports),
				name: storable(name),
				created_at: now().getTime(),
			}
			const adding = db
				.insertInto('passkey')
				.values(values)
				.onConflict((conflict) => conflict.doNothing())
			const row = await adding.returningAll().executeTakeFirst()
			return row && readPasskey(row)
		},

		async list(accountId: string): Promise<readonly Passkey[]> {
			const rows = await owned(accountId).orderBy('created_at').orderBy('id').execute()
			return rows.map(readPasskey)
		},

		/** Finds whose credential this is. */
		async findByCredential(credentialId: string): Promise<Passkey | undefined> {
			const row = await db
				.selectFrom('passkey')
				.selectAll()
				.where('credential_id', '=', credentialId)
				.executeTakeFirst()
			return row && readPasskey(row)
		},

		/**
		 * Notes a use. A counter that did not grow is refused, of two uses with one counter the second; authenticators that
		 * do not count say 0 for ever (WebAuthn §6.1.1).
		 */
		async use(id: string, counter: number): Promise<boolean> {
			const used = await db
				.updateTable('passkey')
				.set({ counter, last_used_at: now().getTime() })
				.where('id', '=', id)
				.where((row) =>
					row.or([row('counter', '<', counter), row.and([row('counter', '=', 0), row(row.val(counter), '=', 0)])]),
				)
				.returning('id')
				.executeTakeFirst()
			return used !== undefined
		},

		/** Gives undefined for one that is not there, or somebody else's. */
		async rename(accountId: string, id: string, name: string): Promise<Passkey | undefined> {
			const row = await db
				.updateTable('passkey')
				.set({ name: storable(name) })
				.where('account_id', '=', accountId)
				.where('id', '=', id)
				.returningAll()
				.executeTakeFirst()
			return row && readPasskey(row)
		},

		/** Gives undefined for one that is not there, or somebody else's. */
		async remove(accountId: string, id: string): Promise<Passkey | undefined> {
			const removing = db.deleteFrom('passkey').where('account_id', '=', accountId).where('id', '=', id)
			const row = await removing.returningAll().executeTakeFirst()
			return row && readPasskey(row)
		},

		async removeAll(accountId: string): Promise<void> {
			await db.deleteFrom('passkey').where('account_id', '=', accountId).execute()
		},
	}
}

const transportNames = z.array(z.string())

function readPasskey(row: Selectable<StoreSchema['passkey']>): Passkey {
	return {
		id: row.id,
		accountId: row.account_id,
		credentialId: row.credential_id,
		publicKey: new Uint8Array(row.public_key),
		transports: readJson(row.transports, transportNames),
		name: row.name,
		createdAt: new Date(row.created_at),
		lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at),
	}
}
