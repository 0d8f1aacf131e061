import {
	isAddressRule,
	type ApplicationPassword,
	type Issued,
	type Outcome,
	type WordPressError,
} from '@postern/app-passwords'
import { fail, ok, scopesBeyond, type Result, type Scope } from '@postern/vocabulary'
import {
	passwordQuota,
	passwordQuotaCode,
	type ListedPassword,
	type PosternGrants,
	type PosternUser,
} from '../store/application-password/application-password.ts'
import { findManaged, requireFreshProof, type Managed, type Managing, type PasswordPorts } from './manage-passwords.ts'
import { actorOf } from '../store/audit.ts'
import {
	failBeyondRole,
	findWider,
	readWanted,
	wantsProof,
	type CallersPassword,
	type TypedPassword,
	type WantedPassword,
} from './wanted-password.ts'

export type IssuedPassword = {
	readonly owner: PosternUser
	readonly listed: ListedPassword
	readonly secret: Issued<PosternGrants>['secret']
}

/** The scopes of the application password that was presented, if one was. */
export type CallerScopes = ReadonlySet<Scope> | undefined

/**
 * Adds a password for oneself, or as an owner for another member: bounded by the role of whoever will own it. Fails with
 * `account/step-up-required`, `role/insufficient`, `request/not-found`, `application-password/…`, `request/number-range`.
 */
export async function createPassword(
	managing: Managing,
	typed: TypedPassword,
	{ callerScopes, ...ports }: PasswordPorts & { readonly callerScopes: CallerScopes },
): Promise<Result<IssuedPassword>> {
	const managed = await findManaged(managing, ports)
	if (!managed.ok) return managed
	const { owner, occasion } = managed.value
	const role = { role: owner.memberRole, workspaceId: owner.workspaceId }
	const wanted = await readWanted(typed, role, ports.store)
	if (!wanted.ok) return wanted
	const circumstances = { managing, managed: managed.value }
	const allowed =
		callerScopes === undefined
			? await requireProofFor(wanted.value.grants, circumstances, ports)
			: await mayPassOn(wanted.value, { ...circumstances, callerScopes }, ports)
	if (!allowed.ok) return allowed
	return issue(owner, () => ports.appPasswords.create(owner, wanted.value, occasion), { typed, store: ports.store })
}

/**
 * Makes another with the same name, scopes and expiry; the old one ends at once, or after up to seven days. Fails as
 * `createPassword` does.
 */
export async function replacePassword(
	managing: Managing,
	{ uuid, overlapDays }: { readonly uuid: string; readonly overlapDays: number },
	ports: PasswordPorts,
): Promise<Result<IssuedPassword>> {
	if (!(Number.isInteger(overlapDays) && overlapDays >= 0 && overlapDays <= 7))
		return fail('request/number-range', { params: { field: '/overlapDays' } })
	const managed = await findManaged(managing, ports)
	if (!managed.ok) return managed
	const { owner, occasion } = managed.value
	const old = await ports.appPasswords.find(owner, uuid)
	if (old === undefined) return fail('request/not-found')
	const beyond = scopesBeyond(owner.memberRole, old.grants.scopes)[0]
	if (beyond !== undefined) return failBeyondRole(beyond)
	const proven = await requireProofFor(old.grants, { managing, managed: managed.value }, ports)
	if (!proven.ok) return proven
	const overlapMs = overlapDays * 86_400_000
	const issued = await issue(owner, () => ports.appPasswords.replace(owner, uuid, overlapMs, occasion), ports)
	// With an overlap, the old one’s new end says so.
	if (issued.ok && overlapMs === 0)
		await ports.store.audit.record({
			workspaceId: owner.workspaceId,
			event: 'application-password.replaced',
			actor: actorOf(managing.by),
			target: { kind: 'application-password', id: uuid, name: old.name },
			params: { owner: owner.login },
			requestId: managing.requestId,
		})
	return issued
}

/** Fails with `application-password/name-…`, `application-password/scope-beyond-caller`, `request/not-found`. */
export async function renamePassword(
	managing: Managing,
	{ uuid, name }: { readonly uuid: string; readonly name: string },
	{ callerScopes, ...ports }: PasswordPorts & { readonly callerScopes: CallerScopes },
): Promise<Result<{ readonly owner: PosternUser; readonly listed: ListedPassword }>> {
	const managed = await findManaged(managing, ports)
	if (!managed.ok) return managed
	const { owner, occasion } = managed.value
	const listed = await ports.store.applicationPasswords.find(owner, uuid)
	if (listed === undefined) return fail('request/not-found')
	const fits =
		callerScopes === undefined
			? ok()
			: await fitsCaller(listed.password, { managing, managed: managed.value, callerScopes }, ports)
	if (!fits.ok) return fits
	const renamed = await ports.appPasswords.update(owner, uuid, { name }, occasion)
	if (!renamed.ok) return problemOf(renamed.error, {})
	return ok({ owner, listed: { ...listed, password: renamed.value } })
}

/** Fails with `request/not-found`, `role/insufficient`. */
export async function revokePassword(
	managing: Managing,
	uuid: string,
	ports: PasswordPorts,
): Promise<Result<ApplicationPassword<PosternGrants>>> {
	const managed = await findManaged(managing, ports)
	if (!managed.ok) return managed
	const revoked = await ports.appPasswords.revoke(managed.value.owner, uuid, managed.value.occasion)
	return revoked.ok ? ok(revoked.value) : problemOf(revoked.error, {})
}

/** Gives how many there were. Fails with `request/not-found`, `role/insufficient`. */
export async function revokeAllPasswords(managing: Managing, ports: PasswordPorts): Promise<Result<number>> {
	const managed = await findManaged(managing, ports)
	if (!managed.ok) return managed
	const revoked = await ports.appPasswords.revokeAll(managed.value.owner, managed.value.occasion)
	return ok(revoked.length)
}

/** Fails with `request/not-found`, `role/insufficient`. */
export async function listPasswords(
	managing: Managing,
	ports: Pick<PasswordPorts, 'store'>,
): Promise<Result<{ readonly owner: PosternUser; readonly all: readonly ListedPassword[] }>> {
	const managed = await findManaged(managing, ports)
	if (!managed.ok) return managed
	const { owner } = managed.value
	return ok({ owner, all: await ports.store.applicationPasswords.list(owner) })
}

type Circumstances = { readonly managing: Managing; readonly managed: Managed }

/** A second factor is proven for each password; without one a session is enough for what is one’s own and ordinary. */
async function requireProofFor(
	grants: PosternGrants,
	{ managing, managed }: Circumstances,
	ports: PasswordPorts,
): Promise<Result<void>> {
	const isNeeded = !managed.isOwn || managed.actor.hasSecondFactor || wantsProof(grants)
	return isNeeded ? requireFreshProof(managing, ports) : ok()
}

type OfCaller = Circumstances & { readonly callerScopes: ReadonlySet<Scope> }

/** What an application makes is within itself, and nothing that wants a proof: it can prove nothing. */
async function mayPassOn(wanted: WantedPassword, asked: OfCaller, ports: PasswordPorts): Promise<Result<void>> {
	const fits = await fitsCaller({ requestsPerMinute: null, ...wanted }, asked, ports)
	if (!fits.ok) return fits
	return wantsProof(wanted.grants) ? requireFreshProof(asked.managing, ports) : ok()
}

/** An application makes nothing for others, and changes nothing that is wider than itself. */
async function fitsCaller(
	wanted: Parameters<typeof findWider>[0],
	{ managing, managed, callerScopes }: OfCaller,
	{ store }: PasswordPorts,
): Promise<Result<void>> {
	if (!managed.isOwn) return fail('account/step-up-required')
	const own = await store.applicationPasswords.find(managed.actor, managing.by.withPassword?.uuid ?? '')
	// Revoked since it was presented.
	if (own === undefined) return fail('application-password/credentials-wrong')
	const { grants, expires, addresses, requestsPerMinute } = own.password
	const caller: CallersPassword = { grants, expires, addresses, requestsPerMinute, scopes: callerScopes }
	const scope = findWider(wanted, caller)
	return scope === undefined ? ok() : fail('application-password/scope-beyond-caller', { params: { scope } })
}

async function issue(
	owner: PosternUser,
	make: () => Promise<Outcome<Issued<PosternGrants>>>,
	{ typed = {}, store }: { readonly typed?: Partial<TypedPassword>; readonly store: PasswordPorts['store'] },
): Promise<Result<IssuedPassword>> {
	const issued = await make()
	if (!issued.ok) return problemOf(issued.error, typed)
	const { password, secret } = issued.value
	const listed = await store.applicationPasswords.find(owner, password.uuid)
	// Revoked at the same moment.
	return listed === undefined ? fail('request/not-found') : ok({ owner, listed, secret })
}

/** What the package says in WordPress’ words, in ours. */
function problemOf({ code, params = {} }: WordPressError, typed: Partial<TypedPassword>): Result<never> {
	switch (code) {
		case 'application_password_not_found':
			return fail('request/not-found')
		case 'application_password_empty_name':
			return fail('application-password/name-required')
		case 'application_password_name_too_long':
			return fail('application-password/name-too-long', { params: { limit: 200 } })
		case 'application_password_invalid_app_id':
			return fail('application-password/app-id-malformed')
		case passwordQuotaCode:
			return fail('application-password/quota', { params: { limit: passwordQuota } })
		case 'application_password_expired':
			return fail('application-password/expiry-past')
	}
	if ('expires' in params) return fail('application-password/expiry-past')
	if ('addresses' in params)
		return fail('application-password/address-malformed', { params: { address: wrongOf(typed) } })
	throw new Error(`application passwords refuse with ${code}, which nobody expects here`)
}

function wrongOf({ addresses = [] }: Partial<TypedPassword>): string {
	const wrong = addresses.find((rule) => !isAddressRule(rule)) ?? `… (${addresses.length})`
	return wrong.slice(0, 60)
}
