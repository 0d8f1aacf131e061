import {
	type ProblemCode,
	problemCodes,
	type WebhookEvent,
	type WebhookSubject,
	webhookSubjects,
} from '@postern/vocabulary'
import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import type { StoreHandle } from './handle.ts'
import { newId } from './ids.ts'
import { readJson } from './json-column.ts'
import type { StoreSchema } from './schema.ts'
import { storable } from './storable.ts'

/** What came of the last attempt: the status of an answer, and why it does not count, if it does not. */
export type WebhookAttempt = {
	readonly at: Date
	readonly status: number | null
	readonly code: ProblemCode | null
}

/** An address that is told what happens to a workspace's connectors. */
export type Webhook = {
	readonly id: string
	readonly workspaceId: string
	readonly url: string
	readonly events: readonly WebhookSubject[]
	/** The account that made it. */
	readonly createdBy: string
	readonly createdAt: Date
	readonly disabledAt: Date | null
	/** When the first of the deliveries that failed in a row did; null: the last one did not. */
	readonly failingSince: Date | null
	readonly lastAttempt: WebhookAttempt | null
	/** Its secret is sealed for this version. */
	readonly secretVersion: number
}

export type SealedWebhook = Webhook & {
	readonly sealed: Uint8Array
	/** The secret before, sealed for the version before; it still signs. */
	readonly previousSealed: Uint8Array | undefined
}

/** Its id comes from `newId('whk')`, because the seal is bound to it. */
export type NewWebhook = Pick<Webhook, 'id' | 'workspaceId' | 'url' | 'events' | 'createdBy'> & {
	readonly sealed: Uint8Array
}

export type WebhookDelivery = {
	readonly id: string
	readonly webhookId: string
	readonly event: WebhookEvent
	/** What is signed and sent, byte for byte, each time. */
	readonly body: string
	readonly createdAt: Date
	readonly state: 'waiting' | 'delivered' | 'failed'
	readonly attempts: number
	readonly lastAttempt: WebhookAttempt | null
}

export type Webhooks = ReturnType<typeof webhooksOn>

/** So many of those that are over are kept for one webhook. */
export const keptDeliveries = 50

const eventsJson = z.array(z.enum(webhookSubjects))
const codeShape = z.nullable(z.enum(problemCodes))

export function webhooksOn(handle: StoreHandle) {
	const { db, now } = handle
	const ofWorkspace = (workspaceId: string) =>
		db.selectFrom('webhook').selectAll().where('workspace_id', '=', workspaceId)
	return {
		async create({ id, workspaceId, url, events, createdBy, sealed }: NewWebhook): Promise<Webhook> {
			const row = await db
				.insertInto('webhook')
				.values({
					id,
					workspace_id: workspaceId,
					url,
					events: JSON.stringify(events),
					secret_sealed: sealed,
					secret_version: 1,
					created_by: createdBy,
					created_at: now().getTime(),
				})
				.returningAll()
				.executeTakeFirstOrThrow()
			return readWebhook(row)
		},

		async list(workspaceId: string): Promise<readonly Webhook[]> {
			const rows = await ofWorkspace(workspaceId).orderBy('created_at').orderBy('id').execute()
			return rows.map(readWebhook)
		},

		async find(workspaceId: string, id: string): Promise<SealedWebhook | undefined> {
			const row = await ofWorkspace(workspaceId).where('id', '=', id).executeTakeFirst()
			if (row === undefined) return undefined
			const previous = (row.previous_until ?? 0) > now().getTime() ? row.previous_sealed : null
			return {
				...readWebhook(row),
				sealed: new Uint8Array(row.secret_sealed),
				previousSealed: previous === null ? undefined : new Uint8Array(previous),
			}
		},

		/** Switched on again, it has not failed yet. */
		async update(
			workspaceId: string,
			id: string,
			change: {
				url?: string | undefined
				events?: readonly WebhookSubject[] | undefined
				isEnabled?: boolean | undefined
			},
		): Promise<Webhook | undefined> {
			const { url, events, isEnabled } = change
			const row = await db
				.updateTable('webhook')
				.set({
					workspace_id: workspaceId, // there is always something to set
					...(url === undefined ? {} : { url }),
					...(events === undefined ? {} : { events: JSON.stringify(events) }),
					...(isEnabled === undefined ? {} : { disabled_at: isEnabled ? null : now().getTime(), failing_since: null }),
				})
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.returningAll()
				.executeTakeFirst()
			return row && readWebhook(row)
		},

		async delete(workspaceId: string, id: string): Promise<Webhook | undefined> {
			const row = await db
				.deleteFrom('webhook')
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.returningAll()
				.executeTakeFirst()
			return row && readWebhook(row)
		},

		/** Undefined when somebody else replaced it meanwhile, or when it is gone. */
		async replaceSecret(
			webhook: Pick<SealedWebhook, 'id' | 'workspaceId' | 'sealed' | 'secretVersion'>,
			{ sealed, previousUntil }: { readonly sealed: Uint8Array; readonly previousUntil: Date },
		): Promise<Webhook | undefined> {
			const row = await db
				.updateTable('webhook')
				.set({
					secret_sealed: sealed,
					secret_version: webhook.secretVersion + 1,
					previous_sealed: webhook.sealed,
					previous_until: previousUntil.getTime(),
				})
				.where('workspace_id', '=', webhook.workspaceId)
				.where('id', '=', webhook.id)
				.where('secret_version', '=', webhook.secretVersion)
				.returningAll()
				.executeTakeFirst()
			return row && readWebhook(row)
		},

		/** Keeps what is to be told, in words that name the time; forgets the oldest that are over. */
		async addDelivery(webhookId: string, event: WebhookEvent, bodyAt: (at: Date) => string): Promise<WebhookDelivery> {
			const at = now()
			const row = await db
				.insertInto('webhook_delivery')
				.values({
					id: newId('msg'),
					webhook_id: webhookId,
					event,
					body: storable(bodyAt(at)),
					created_at: at.getTime(),
					state: 'waiting',
					attempts: 0,
				})
				.returningAll()
				.executeTakeFirstOrThrow()
			await forgetOldest(handle, webhookId)
			return readDelivery(row)
		},

		async findDelivery(webhookId: string, id: string): Promise<WebhookDelivery | undefined> {
			const row = await db
				.selectFrom('webhook_delivery')
				.selectAll()
				.where('webhook_id', '=', webhookId)
				.where('id', '=', id)
				.executeTakeFirst()
			return row && readDelivery(row)
		},

		/** The newest first. */
		async listDeliveries(webhookId: string): Promise<readonly WebhookDelivery[]> {
			const rows = await db
				.selectFrom('webhook_delivery')
				.selectAll()
				.where('webhook_id', '=', webhookId)
				.orderBy('created_at', 'desc')
				.orderBy('id', 'desc')
				.limit(keptDeliveries)
				.execute()
			return rows.map(readDelivery)
		},

		/** Keeps what came of an attempt; tells since when the webhook fails. Undefined when it is gone. */
		async recordAttempt(
			{ id, webhookId }: Pick<WebhookDelivery, 'id' | 'webhookId'>,
			{ at, status, code }: WebhookAttempt,
			state: WebhookDelivery['state'],
		): Promise<WebhookDelivery | undefined> {
			const last = { last_at: at.getTime(), last_status: status, last_code: code }
			const hook = db.updateTable('webhook').where('id', '=', webhookId)
			await hook.set({ ...last, ...(code === null ? { failing_since: null } : {}) }).execute()
			if (code !== null) await hook.set({ failing_since: at.getTime() }).where('failing_since', 'is', null).execute()
			const row = await db
				.updateTable('webhook_delivery')
				.set(({ eb }) => ({ ...last, state, attempts: eb('attempts', '+', 1) }))
				.where('webhook_id', '=', webhookId)
				.where('id', '=', id)
				.returningAll()
				.executeTakeFirst()
			return row && readDelivery(row)
		},

		/** Nothing waits for it any more. */
		async giveUp(webhookId: string): Promise<void> {
			await db
				.updateTable('webhook_delivery')
				.set({ state: 'failed' })
				.where('webhook_id', '=', webhookId)
				.where('state', '=', 'waiting')
				.execute()
		},
	}
}

async function forgetOldest({ db }: StoreHandle, webhookId: string): Promise<void> {
	const kept = db
		.selectFrom('webhook_delivery')
		.select('id')
		.where('webhook_id', '=', webhookId)
		.orderBy('created_at', 'desc')
		.orderBy('id', 'desc')
		.limit(keptDeliveries)
	await db
		.deleteFrom('webhook_delivery')
		.where('webhook_id', '=', webhookId)
		.where('state', '!=', 'waiting')
		.where('id', 'not in', kept)
		.execute()
}

type LastColumns = { last_at: number | null; last_status: number | null; last_code: string | null }

function readAttempt({ last_at, last_status, last_code }: LastColumns): WebhookAttempt | null {
	return last_at === null ? null : { at: new Date(last_at), status: last_status, code: codeShape.parse(last_code) }
}

function readWebhook(row: Selectable<StoreSchema['webhook']>): Webhook {
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		url: row.url,
		events: readJson(row.events, eventsJson),
		createdBy: row.created_by,
		createdAt: new Date(row.created_at),
		disabledAt: row.disabled_at === null ? null : new Date(row.disabled_at),
		failingSince: row.failing_since === null ? null : new Date(row.failing_since),
		lastAttempt: readAttempt(row),
		secretVersion: row.secret_version,
	}
}

function readDelivery(row: Selectable<StoreSchema['webhook_delivery']>): WebhookDelivery {
	return {
		id: row.id,
		webhookId: row.webhook_id,
		event: row.event,
		body: row.body,
		createdAt: new Date(row.created_at),
		state: row.state,
		attempts: row.attempts,
		lastAttempt: readAttempt(row),
	}
}
