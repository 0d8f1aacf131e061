import { randomUUID } from 'node:crypto'
import type { AppPasswords, Issued } from './app-passwords.ts'
import { isExpired } from './conditions.ts'
import { generateSecret } from './generate-secret.ts'
import { hashSecret } from './hash-secret.ts'
import { readChanges, readNewPassword } from './new-password.ts'
import { errorOf, refuse, refused } from './refusals.ts'
import type { ApplicationPassword, EventName, Grants, NewPassword, Occasion, PasswordStorage, User } from './types.ts'

const mostOverlapMs = 7 * 24 * 60 * 60 * 1_000

type Ports<U extends User, G extends Grants> = {
	readonly storage: PasswordStorage<U, G>
	readonly now: () => Date
}
type Lifecycle<U extends User, G extends Grants> = Pick<
	AppPasswords<U, G>,
	'create' | 'update' | 'replace' | 'revoke' | 'revokeAll'
>

/** Makes, changes and ends passwords. Each change carries its own events: the storage keeps both or neither. */
export function createLifecycle<U extends User, G extends Grants>(ports: Ports<U, G>): Lifecycle<U, G> {
	const { storage, now } = ports
	const end = (owner: U, uuid: string, occasion: Occasion<U>) =>
		storage.change({ kind: 'delete', owner, uuid }, describe('deleted', { owner, at: now(), occasion }))

	const create: Lifecycle<U, G>['create'] = async (owner, wanted, occasion) => {
		const at = now()
		const read = readNewPassword(wanted, at)
		return read.ok ? issue(ports, { owner, wanted: read.value, at, occasion }) : read
	}

	const update: Lifecycle<U, G>['update'] = async (owner, uuid, wanted, occasion) => {
		const read = readChanges(wanted)
		if (!read.ok) return read
		const before = await storage.find(owner, uuid)
		if (before === undefined) return refuse('application_password_not_found')
		const events = describe<U, G>('updated', { owner, at: now(), occasion, before })
		const [after] = await storage.change({ kind: 'update', owner, uuid, changes: read.value }, events)
		return after === undefined ? refuse('application_password_not_found') : { ok: true, value: after }
	}

	const revoke: Lifecycle<U, G>['revoke'] = async (owner, uuid, occasion) => {
		const [ended] = isOne(uuid) ? await end(owner, uuid, occasion) : []
		return ended === undefined ? refuse('application_password_not_found') : { ok: true, value: ended }
	}

	/** The new one is made first, so that nobody is left without; and it goes again if the old one was revoked meanwhile. */
	const replace: Lifecycle<U, G>['replace'] = async (owner, uuid, overlapMs, occasion) => {
		const at = now()
		const old = await storage.find(owner, uuid)
		if (old === undefined) return refuse('application_password_not_found')
		// What has ended is not prolonged; as a refusal of this request it is no 401.
		if (isExpired(old, at.getTime())) return refused({ ...errorOf('application_password_expired'), status: 409 })
		const issued = await issue(ports, { owner, wanted: old, at, occasion })
		const expires = earlier(old.expires, new Date(at.getTime() + Math.min(overlapMs, mostOverlapMs)))
		const ended = overlapMs > 0 ? await update(owner, uuid, { expires }, occasion) : await revoke(owner, uuid, occasion)
		if (ended.ok) return issued
		await revoke(owner, issued.value.password.uuid, occasion)
		return ended
	}

	return { create, update, replace, revoke, revokeAll: async (owner, occasion) => end(owner, 'all', occasion) }
}

type Issue<U extends User, G extends Grants> = {
	readonly owner: U
	readonly wanted: Required<NewPassword<G>>
	readonly at: Date
	readonly occasion: Occasion<U>
}

async function issue<U extends User, G extends Grants>(
	{ storage }: Ports<U, G>,
	{ owner, wanted, at, occasion }: Issue<U, G>,
): Promise<{ readonly ok: true; readonly value: Issued<G> }> {
	const { name, appId, expires, addresses, requestsPerMinute, grants } = wanted
	const password: ApplicationPassword<G> = {
		uuid: randomUUID(),
		appId,
		name,
		created: wholeSecond(at),
		lastUsed: null,
		lastIp: null,
		seen: null,
		expires,
		addresses,
		requestsPerMinute,
		grants,
	}
	const secret = generateSecret()
	const change = { kind: 'create', owner, password, hash: hashSecret(secret.reveal()) } as const
	const [kept = password] = await storage.change(change, describe('created', { owner, at, occasion }))
	return { ok: true, value: { password: kept, secret } }
}

type Circumstances<U extends User, G extends Grants> = {
	readonly owner: U
	readonly at: Date
	readonly occasion: Occasion<U>
	readonly before?: ApplicationPassword<G>
}

/** One event for each password concerned. */
export function describe<U extends User, G extends Grants>(
	event: EventName,
	{ owner, at, occasion, before }: Circumstances<U, G>,
) {
	const common = { event, at, user: owner, occasion, ...(before === undefined ? {} : { before }) }
	return (affected: readonly ApplicationPassword<G>[]) => affected.map((password) => ({ ...common, password }))
}

/** `all` in an address must not revoke all. */
function isOne(uuid: string): boolean {
	return uuid !== 'all'
}

function earlier(one: Date | null, other: Date): Date {
	return one !== null && one < other ? one : other
}

/** WordPress counts in seconds. */
function wholeSecond(time: Date): Date {
	return new Date(Math.floor(time.getTime() / 1_000) * 1_000)
}
