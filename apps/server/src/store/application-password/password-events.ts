import type { PasswordEvent } from '@postern/app-passwords'
import type { AuditEvent } from '@postern/vocabulary'
import { actorOf, type AuditActor } from '../audit.ts'
import type { StoreFunctions } from '../store-functions.ts'
import type { PosternGrants, PosternPassword, PosternUser } from './application-password.ts'

export type PosternEvent = PasswordEvent<PosternUser, PosternGrants>

const postern: AuditActor = { kind: 'postern', id: null, name: null }

/** Keeps what happened to passwords in the audit log, and tells their owners; in the transaction that changes them. */
export async function recordPasswordEvents(
	events: readonly PosternEvent[],
	transaction: StoreFunctions,
): Promise<void> {
	for (const event of events) {
		const { user, password } = event
		const named = user && password && nameOf(event, password)
		if (!user || !password || !named) continue
		const { occasion } = event
		await transaction.audit.record({
			workspaceId: user.workspaceId,
			event: named.event,
			actor: await actorOn(event, transaction),
			target: { kind: 'application-password', id: password.uuid, name: password.name },
			params: { owner: user.login, ...named.params },
			requestId: occasion.requestId,
		})
		if (event.event === 'created') await tellOfCreation(event, { user, password }, transaction)
		if (event.event === 'deleted') await transaction.notices.forgetExpiry(password.uuid)
	}
}

type Named = { readonly event: AuditEvent; readonly params?: Readonly<Record<string, string>> }

/** Undefined for what changes nothing that anybody has to know. */
function nameOf({ event, before }: PosternEvent, password: PosternPassword): Named | undefined {
	if (event === 'created') return { event: 'application-password.created' }
	if (event === 'deleted') return { event: 'application-password.revoked' }
	if (event !== 'updated' || before === undefined) return undefined
	if (before.name !== password.name)
		return { event: 'application-password.renamed', params: { from: before.name, to: password.name } }
	// Only a replacement changes when one ends: the old one goes on for a while.
	const hasNewEnd = before.expires?.getTime() !== password.expires?.getTime()
	return hasNewEnd ? { event: 'application-password.replaced' } : undefined
}

async function actorOn(
	{ occasion: { by, withPassword }, password }: PosternEvent,
	{ applicationPasswords }: StoreFunctions,
): Promise<AuditActor> {
	if (by === null) return postern
	const who = { accountId: by.accountId, username: by.login }
	if (withPassword === null) return actorOf(who)
	// One that revokes itself is gone already.
	const own = password?.uuid === withPassword ? password.name : undefined
	const name = own ?? (await applicationPasswords.findName(withPassword)) ?? ''
	return actorOf({ ...who, withPassword: { uuid: withPassword, name } })
}

async function tellOfCreation(
	{ occasion }: PosternEvent,
	{ user, password }: { readonly user: PosternUser; readonly password: PosternPassword },
	{ notices }: StoreFunctions,
): Promise<void> {
	const actor = occasion.by?.login ?? ''
	await notices.give({
		kind: 'password-created',
		memberId: user.memberId,
		uuid: password.uuid,
		name: password.name,
		params: { actor },
	})
}
