import type { StoreHandle } from '../handle.ts'
import type { PosternPassword } from './application-password.ts'
import { passwordColumns, readPassword } from './application-password-row.ts'

/** Uses of one password since they were written last, in the order of time; at least one. */
export type Uses = {
	readonly uuid: string
	readonly memberId: string
	readonly all: readonly { readonly at: Date; readonly ip: string; readonly movesLastUsed: boolean }[]
}

/** Addresses remembered of a password; beyond them the oldest is forgotten, and is new again. */
const rememberedAddresses = 100

export type PasswordUses = ReturnType<typeof passwordUsesOn>

export function passwordUsesOn({ db }: StoreHandle) {
	const isNew = async (uuid: string, { at, ip }: { at: Date; ip: string }) => {
		const inserted = await db
			.insertInto('application_password_address')
			.values({ uuid, ip, first_used_at: at.getTime() })
			.onConflict((conflict) => conflict.columns(['uuid', 'ip']).doNothing())
			.returning('ip')
			.executeTakeFirst()
		return inserted !== undefined
	}
	const forgetOldest = async (uuid: string) => {
		const kept = db
			.selectFrom('application_password_address')
			.select('ip')
			.where('uuid', '=', uuid)
			.orderBy('first_used_at', 'desc')
			.orderBy('ip')
			.limit(rememberedAddresses)
		await db.deleteFrom('application_password_address').where('uuid', '=', uuid).where('ip', 'not in', kept).execute()
	}
	return {
		/** Gives the password as it is afterwards, and the addresses it was not used from before; undefined if it is gone. */
		async keep({
			uuid,
			memberId,
			all,
		}: Uses): Promise<{ readonly password: PosternPassword; readonly newAddresses: readonly string[] } | undefined> {
			const seen = all.at(-1)
			const moving = all.find(({ movesLastUsed }) => movesLastUsed)
			if (seen === undefined) return undefined
			const row = await db
				.updateTable('application_password')
				.set({
					seen_at: seen.at.getTime(),
					seen_ip: seen.ip,
					...(moving === undefined ? {} : { last_used_at: moving.at.getTime(), last_ip: moving.ip }),
				})
				.where('uuid', '=', uuid)
				.where('member_id', '=', memberId)
				.returning(passwordColumns)
				.executeTakeFirst()
			if (row === undefined) return undefined
			const newAddresses: string[] = []
			for (const use of all) if (await isNew(uuid, use)) newAddresses.push(use.ip)
			if (newAddresses.length > 0) await forgetOldest(uuid)
			return { password: readPassword(row), newAddresses }
		},
	}
}
