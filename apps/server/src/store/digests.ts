import { type Language, languages } from '@postern/vocabulary'
import type { StoreHandle } from './handle.ts'
import type { NoticeKind } from './schema.ts'

/** Somebody who has something to be told. */
export type DigestRecipient = {
	readonly accountId: string
	readonly email: string
	readonly language: Language
	readonly notices: readonly DigestNotice[]
}

export type DigestNotice = {
	readonly kind: NoticeKind
	readonly at: Date
	readonly workspaceName: string
	readonly memberId: string
	readonly uuid: string
	readonly name: string
}

export type Digests = ReturnType<typeof digestsOn>

/** For each account on the installation: a notice belongs to a member, its digest to the person. */
export function digestsOn({ db, now }: StoreHandle) {
	return {
		/** Accounts with notices that came since their last digest, and no longer ago than `since`. */
		async listDue(since: Date): Promise<readonly string[]> {
			const rows = await db
				.selectFrom('notice')
				.innerJoin('member', 'member.id', 'notice.recipient_id')
				.innerJoin('account_profile', 'account_profile.account_id', 'member.account_id')
				.select('member.account_id')
				.distinct()
				.where('account_profile.kind', '=', 'person')
				.where('wants_digest', '=', 1)
				.where('notice.at', '>', since.getTime())
				.where(({ or, eb, ref }) =>
					or([eb('digest_until', 'is', null), eb('notice.at', '>', ref('account_profile.digest_until'))]),
				)
				.orderBy('member.account_id')
				.execute()
			return rows.map(({ account_id }) => account_id)
		},

		/** Undefined when there is nothing to tell any more. The newest of the notices first. */
		async find(accountId: string, since: Date): Promise<DigestRecipient | undefined> {
			const account = await db
				.selectFrom('auth_user')
				.innerJoin('account_profile', 'account_profile.account_id', 'auth_user.id')
				.select(['auth_user.email', 'auth_user.language', 'digest_until', 'wants_digest'])
				.where('auth_user.id', '=', accountId)
				.executeTakeFirst()
			if (account === undefined || account.wants_digest !== 1) return undefined
			const rows = await db
				.selectFrom('notice')
				.innerJoin('member', 'member.id', 'notice.recipient_id')
				.innerJoin('workspace', 'workspace.id', 'member.workspace_id')
				.select(['notice.kind', 'notice.at', 'notice.member_id', 'notice.uuid', 'notice.name'])
				.select('workspace.name as workspace_name')
				.where('member.account_id', '=', accountId)
				.where('notice.at', '>', Math.max(since.getTime(), account.digest_until ?? 0))
				.orderBy('workspace.name')
				.orderBy('notice.at', 'desc')
				.orderBy('notice.id')
				.execute()
			if (rows.length === 0) return undefined
			return {
				accountId,
				email: account.email,
				language: languages.find((language) => language === account.language) ?? 'en',
				notices: rows.map(({ kind, at, member_id, uuid, name, workspace_name }) => ({
					kind,
					at: new Date(at),
					workspaceName: workspace_name,
					memberId: member_id,
					uuid,
					name,
				})),
			}
		},

		/** They were told of everything until then. */
		async markSent(accountId: string, until: Date): Promise<void> {
			await db
				.updateTable('account_profile')
				.set({ digest_until: until.getTime() })
				.where('account_id', '=', accountId)
				.execute()
		},

		async isWanted(accountId: string): Promise<boolean> {
			const row = await db
				.selectFrom('account_profile')
				.select('wants_digest')
				.where('account_id', '=', accountId)
				.executeTakeFirst()
			return row?.wants_digest === 1
		},

		/** Switched on again, it tells of what comes from now on. */
		async setWanted(accountId: string, isWanted: boolean): Promise<void> {
			await db
				.updateTable('account_profile')
				.set({ wants_digest: Number(isWanted), ...(isWanted ? { digest_until: now().getTime() } : {}) })
				.where('account_id', '=', accountId)
				.where('wants_digest', '!=', Number(isWanted))
				.execute()
		},
	}
}
