import * as z from 'zod/mini'
import type { StoreHandle } from './handle.ts'
import { newId } from './ids.ts'
import { readJson } from './json-column.ts'
import type { NoticeKind } from './schema.ts'
import { storable } from './storable.ts'

/** What somebody should know of an application password, a connector or a webhook. */
export type Notice = {
	readonly id: string
	readonly kind: NoticeKind
	readonly at: Date
	/** Who owns the password; of a connector or a webhook: who is told. */
	readonly memberId: string
	/** The password’s, the connector’s or the webhook’s id. */
	readonly uuid: string
	readonly name: string
	readonly params: Readonly<Record<string, string>>
}

/** Kept for one member at the most; the oldest go. */
const keptNotices = 100

const paramsJson = z.record(z.string(), z.string())

/** The newest of them is all that one should know of a connector. */
const ofConnectors = [
	'connector-needs-attention',
	'connector-unreachable',
	'connector-recovered',
	'connector-connected-by-link',
] as const

export type ConnectorNotice = {
	readonly kind: (typeof ofConnectors)[number]
	readonly workspaceId: string
	readonly connectorId: string
	/** The account that connected it. */
	readonly ownerAccountId: string
	readonly name: string
	readonly params: Readonly<Record<string, string>>
}

type Kept = { readonly workspaceId: string; readonly ownerAccountId: string }

export type WebhookNotice = {
	readonly workspaceId: string
	readonly webhookId: string
	/** The account that made it. */
	readonly ownerAccountId: string
	/** The host that does not answer. */
	readonly name: string
	readonly params: Readonly<Record<string, string>>
}

export type Notices = ReturnType<typeof noticesOn>

export function noticesOn({ db, now }: StoreHandle) {
	/** The owner of the password; of a machine’s, which reads nothing, the owners of its workspace. */
	const recipientsOf = async (memberId: string): Promise<readonly string[]> => {
		const owner = await db
			.selectFrom('member')
			.innerJoin('account_profile', 'account_profile.account_id', 'member.account_id')
			.select(['member.workspace_id', 'account_profile.kind'])
			.where('member.id', '=', memberId)
			.executeTakeFirst()
		if (owner === undefined) return []
		if (owner.kind === 'person') return [memberId]
		const owners = await db
			.selectFrom('member')
			.select('id')
			.where('workspace_id', '=', owner.workspace_id)
			.where('role', '=', 'owner')
			.orderBy('id')
			.execute()
		return owners.map(({ id }) => id)
	}
	const forgetOldest = async (recipientId: string) => {
		const kept = db
			.selectFrom('notice')
			.select('id')
			.where('recipient_id', '=', recipientId)
			.orderBy('at', 'desc')
			.orderBy('id')
			.limit(keptNotices)
		await db.deleteFrom('notice').where('recipient_id', '=', recipientId).where('id', 'not in', kept).execute()
	}
	const keep = async (recipientId: string, { kind, memberId, uuid, name, params }: Omit<Notice, 'id' | 'at'>) => {
		await db
			.insertInto('notice')
			.values({
				id: newId('not'),
				recipient_id: recipientId,
				kind,
				at: now().getTime(),
				member_id: memberId,
				uuid,
				name: storable(name),
				params: JSON.stringify(params),
			})
			.execute()
		await forgetOldest(recipientId)
	}
	/** Who looks after a connector or a webhook: owners and admins of the workspace, and who made it. */
	const keepersOf = async ({ workspaceId, ownerAccountId }: Kept): Promise<readonly string[]> => {
		const keepers = await db
			.selectFrom('member')
			.innerJoin('account_profile', 'account_profile.account_id', 'member.account_id')
			.select('member.id')
			.where('member.workspace_id', '=', workspaceId)
			.where('account_profile.kind', '=', 'person')
			.where(({ or, eb }) =>
				or([eb('member.role', 'in', ['owner', 'admin']), eb('member.account_id', '=', ownerAccountId)]),
			)
			.orderBy('member.id')
			.execute()
		return keepers.map(({ id }) => id)
	}
	const forgetConnector = async (connectorId: string): Promise<void> => {
		await db.deleteFrom('notice').where('uuid', '=', connectorId).where('kind', 'in', ofConnectors).execute()
	}
	return {
		async give(notice: Omit<Notice, 'id' | 'at'>): Promise<void> {
			for (const recipientId of await recipientsOf(notice.memberId)) await keep(recipientId, notice)
		},

		/** Tells who looks after a connector how it is now; what they were told of it before is over. */
		async giveOfConnector(notice: ConnectorNotice): Promise<void> {
			const { kind, connectorId: uuid, name, params } = notice
			await forgetConnector(uuid)
			for (const memberId of await keepersOf(notice)) await keep(memberId, { kind, memberId, uuid, name, params })
		},

		/** Tells one member alone of a connector. */
		async giveOfConnectorTo(memberId: string, notice: Omit<ConnectorNotice, 'ownerAccountId'>): Promise<void> {
			const { kind, connectorId: uuid, name, params } = notice
			await keep(memberId, { kind, memberId, uuid, name, params })
		},

		/** Tells who looks after a webhook that it was switched off. */
		async giveOfWebhook(notice: WebhookNotice): Promise<void> {
			const { webhookId: uuid, name, params } = notice
			for (const memberId of await keepersOf(notice))
				await keep(memberId, { kind: 'webhook-disabled', memberId, uuid, name, params })
		},

		/** Nobody has to look after a webhook that is gone, or on again. */
		async forgetWebhook(webhookId: string): Promise<void> {
			await db.deleteFrom('notice').where('uuid', '=', webhookId).where('kind', '=', 'webhook-disabled').execute()
		},

		/** Nobody has to look after what is gone. */
		forgetConnector,

		/** Newest first. */
		async list(recipientId: string): Promise<readonly Notice[]> {
			const rows = await db
				.selectFrom('notice')
				.selectAll()
				.where('recipient_id', '=', recipientId)
				.orderBy('at', 'desc')
				.orderBy('id')
				.execute()
			return rows.map(({ id, kind, at, member_id, uuid, name, params }) => ({
				id,
				kind,
				at: new Date(at),
				memberId: member_id,
				uuid,
				name,
				params: readJson(params, paramsJson),
			}))
		},

		/** False if there is none of that id for this member. */
		async dismiss(recipientId: string, id: string): Promise<boolean> {
			const row = await db
				.deleteFrom('notice')
				.where('recipient_id', '=', recipientId)
				.where('id', '=', id)
				.returning('id')
				.executeTakeFirst()
			return row !== undefined
		},

		/** What is over does not end soon. */
		async forgetExpiry(uuid: string): Promise<void> {
			await db.deleteFrom('notice').where('uuid', '=', uuid).where('kind', '=', 'password-about-to-expire').execute()
		},
	}
}
