import { type Problem, type ProblemCode, problemCodes } from '@postern/vocabulary'
import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import type { StoreHandle } from './handle.ts'
import { readJson } from './json-column.ts'
import type { SiteApprovalTable } from './schema.ts'
import { storable } from './storable.ts'

/** Where the password may come from: the addresses that the site had when the person was sent there. */
export type ApprovedSite = {
	readonly siteUrl: string
	readonly homeUrl: string
	readonly wordpressUrl: string
	readonly host: string
}

/** What came of it. */
export type ApprovalOutcome =
	| { readonly kind: 'connected'; readonly connectorId: string }
	| {
			readonly kind: 'refused'
			readonly code: ProblemCode
			readonly params: Readonly<Record<string, string | number>>
			/** What became of the password that came, unless there was none or a connector lives on it. */
			readonly password?: UnusedPassword | undefined
	  }

/** A password that nobody keeps. `left`: it may still open the site, and a person revokes it there, by its name. */
export type UnusedPassword = { readonly state: 'removed' | 'left'; readonly name: string }

/** Somebody is on the way to a site, to approve of us there. Known by the hash of a state that only their browser has. */
export type SiteApproval = {
	readonly stateHash: string
	readonly workspaceId: string
	readonly accountId: string
	readonly sessionHash: string
	readonly type: string
	/** As it was typed. */
	readonly address: string
	readonly site: ApprovedSite
	readonly certificatePin: string | null
	readonly appName: string
	/** Reconnects this one in place. */
	readonly connectorId: string | null
	readonly createdAt: Date
	readonly expiresAt: Date
	readonly usedAt: Date | null
	readonly outcome: ApprovalOutcome | null
	/** Of what it was used up with, under a key that is not here: whether the same comes again. */
	readonly passwordHash: string | null
	/** Of what came last when it counted no more. */
	readonly again: ApprovalAgain | null
}

/** What the person was told of it. */
export type ApprovalAgain = Problem & { readonly passwordHash: string | null }

export type NewSiteApproval = Omit<SiteApproval, 'createdAt' | 'usedAt' | 'outcome' | 'passwordHash' | 'again'>

export type SiteApprovals = ReturnType<typeof siteApprovalsOn>

/** More than this nobody has open at once; the oldest go. */
const mostPerAccount = 50
/** For so long a state that comes again is told apart from one that never was. */
const rememberedMs = 86_400_000

const text = z.string()
const siteJson = z.object({ siteUrl: text, homeUrl: text, wordpressUrl: text, host: text })
const problem = { code: z.enum(problemCodes), params: z.record(text, z.union([text, z.number()])) }
const outcomeJson = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('connected'), connectorId: text }),
	z.object({
		kind: z.literal('refused'),
		...problem,
		password: z.optional(z.object({ state: z.enum(['removed', 'left']), name: text })),
	}),
])
const againJson = z.object(problem)

export function siteApprovalsOn({ db, now }: StoreHandle) {
	const forget = async (accountId: string) => {
		await db
			.deleteFrom('site_approval')
			.where('expires_at', '<=', now().getTime() - rememberedMs)
			.execute()
		const latest = db
			.selectFrom('site_approval')
			.select('state_hash')
			.where('account_id', '=', accountId)
			.orderBy('created_at', 'desc')
			.limit(mostPerAccount - 1)
		await db
			.deleteFrom('site_approval')
			.where('account_id', '=', accountId)
			.where('state_hash', 'not in', latest)
			.execute()
	}
	return {
		async create(approval: NewSiteApproval): Promise<void> {
			await forget(approval.accountId)
			await db
				.insertInto('site_approval')
				.values({
					state_hash: approval.stateHash,
					workspace_id: approval.workspaceId,
					account_id: approval.accountId,
					session_hash: approval.sessionHash,
					type: approval.type,
					address: storable(approval.address),
					site: storable(JSON.stringify(approval.site)),
					certificate_pin: approval.certificatePin,
					app_name: storable(approval.appName),
					connector_id: approval.connectorId,
					created_at: now().getTime(),
					expires_at: approval.expiresAt.getTime(),
					used_at: null,
					outcome: null,
					password_hash: null,
					again_at: null,
					again_hash: null,
					again: null,
				})
				.execute()
		},

		async find(stateHash: string): Promise<SiteApproval | undefined> {
			const row = await db
				.selectFrom('site_approval')
				.selectAll()
				.where('state_hash', '=', stateHash)
				.executeTakeFirst()
			return row && readApproval(row)
		},

		/** The one that this session began last, or came back with last, in this workspace. */
		async findLatest(by: {
			readonly workspaceId: string
			readonly accountId: string
			readonly sessionHash: string
		}): Promise<SiteApproval | undefined> {
			const row = await db
				.selectFrom('site_approval')
				.selectAll()
				.where('account_id', '=', by.accountId)
				.where('workspace_id', '=', by.workspaceId)
				.where('session_hash', '=', by.sessionHash)
				.orderBy(({ fn }) => fn.coalesce('again_at', 'used_at', 'created_at'), 'desc')
				.orderBy('state_hash')
				.executeTakeFirst()
			return row && readApproval(row)
		},

		/** Uses it up. Of any number of attempts exactly one gives true, and none once it has expired. */
		async use(stateHash: string, outcome: ApprovalOutcome, passwordHash: string | null): Promise<boolean> {
			const at = now().getTime()
			const row = await db
				.updateTable('site_approval')
				.set({ used_at: at, outcome: storable(JSON.stringify(outcome)), password_hash: passwordHash })
				.where('state_hash', '=', stateHash)
				.where('used_at', 'is', null)
				.where('expires_at', '>', at)
				.returning('state_hash')
				.executeTakeFirst()
			return row !== undefined
		},

		/** Says more precisely what came of one that is used up. */
		async settle(stateHash: string, outcome: ApprovalOutcome): Promise<void> {
			await db
				.updateTable('site_approval')
				.set({ outcome: storable(JSON.stringify(outcome)) })
				.where('state_hash', '=', stateHash)
				.where('used_at', 'is not', null)
				.execute()
		},

		/** Keeps what somebody was told who came with it when it counted no more. */
		async noteAgain(stateHash: string, { passwordHash, code, params }: ApprovalAgain): Promise<void> {
			await db
				.updateTable('site_approval')
				.set({
					again_at: now().getTime(),
					again_hash: passwordHash,
					again: storable(JSON.stringify({ code, params })),
				})
				.where('state_hash', '=', stateHash)
				.execute()
		},
	}
}

function readApproval(row: Selectable<SiteApprovalTable>): SiteApproval {
	return {
		stateHash: row.state_hash,
		workspaceId: row.workspace_id,
		accountId: row.account_id,
		sessionHash: row.session_hash,
		type: row.type,
		address: row.address,
		site: readJson(row.site, siteJson),
		certificatePin: row.certificate_pin,
		appName: row.app_name,
		connectorId: row.connector_id,
		createdAt: new Date(row.created_at),
		expiresAt: new Date(row.expires_at),
		usedAt: row.used_at === null ? null : new Date(row.used_at),
		outcome: row.outcome === null ? null : readJson(row.outcome, outcomeJson),
		passwordHash: row.password_hash,
		again: row.again === null ? null : { ...readJson(row.again, againJson), passwordHash: row.again_hash },
	}
}
