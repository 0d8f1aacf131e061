import { applyChange } from './apply-change.ts'
import { canBeLookedUp } from './hash-secret.ts'
import { andThen } from './maybe-promise.ts'
import type { OwnerLookup } from './memory-users.ts'
import type { ApplicationPassword, Change, Grants, PasswordEvent, PasswordStorage, User } from './types.ts'

type Entry<G extends Grants> = { readonly ownerId: number; password: ApplicationPassword<G>; hash: string }

export type MemoryStorage<U extends User = User, G extends Grants = Grants> = PasswordStorage<U, G> & {
	/** Oldest first. */
	readonly events: readonly PasswordEvent<U, G>[]
}

/** Keeps passwords in this process, for tests, examples and measurements: they are gone when it ends. */
export function memoryStorage<U extends User, G extends Grants>({
	users,
	keptEvents = 10_000,
}: {
	readonly users: OwnerLookup<U>
	/** How many events to keep, the latest. */
	readonly keptEvents?: number
}): MemoryStorage<U, G> {
	const byHash = new Map<string, Entry<G>>()
	const byOwner = new Map<number, Map<string, Entry<G>>>()
	const uuids = new Set<string>()
	let imported = 0
	let isInUse = false
	const log: PasswordEvent<U, G>[] = []

	const note = (event: PasswordEvent<U, G>) => {
		log.push(event)
		if (log.length >= 2 * keptEvents) log.splice(0, log.length - keptEvents)
	}
	const of = (owner: U) => [...(byOwner.get(owner.id)?.values() ?? [])]
	const setHash = (entry: Entry<G>, hash: string | undefined) => {
		if (byHash.delete(entry.hash) && !canBeLookedUp(entry.hash)) imported -= 1
		if (hash === undefined) return
		entry.hash = hash
		byHash.set(hash, entry)
		if (!canBeLookedUp(hash)) imported += 1
	}
	const add = (owner: U, password: ApplicationPassword<G>, hash: string) => {
		const owned = byOwner.get(owner.id) ?? new Map<string, Entry<G>>()
		const entry = { ownerId: owner.id, password, hash }
		byOwner.set(owner.id, owned.set(password.uuid, entry))
		uuids.add(password.uuid)
		setHash(entry, hash)
		isInUse = true
	}
	const concerned = (change: Exclude<Change<U, G>, { kind: 'create' }>) => {
		if (change.kind === 'delete' && change.uuid === 'all') return of(change.owner)
		const entry = byOwner.get(change.owner.id)?.get(change.uuid)
		return entry === undefined || (change.kind === 'rehash' && change.from !== entry.hash) ? [] : [entry]
	}
	const apply = (entry: Entry<G>, change: Exclude<Change<U, G>, { kind: 'create' }>) => {
		entry.password = applyChange(entry.password, change)
		if (change.kind === 'rehash') setHash(entry, change.to)
		if (change.kind !== 'delete') return
		setHash(entry, undefined)
		byOwner.get(entry.ownerId)?.delete(entry.password.uuid)
		uuids.delete(entry.password.uuid)
	}

	return {
		get events() {
			return log.slice(-keptEvents)
		},
		findByHash(hash) {
			const entry = byHash.get(hash)
			if (entry === undefined) return undefined
			return andThen(users.byId(entry.ownerId), (user) => user && { user, password: entry.password })
		},
		listImported: (owner) =>
			of(owner).flatMap(({ password, hash }) => (canBeLookedUp(hash) ? [] : [{ password, hash }])),
		hasImported: () => imported > 0,
		list: (owner) => of(owner).map(({ password }) => password),
		find: (owner, uuid) => byOwner.get(owner.id)?.get(uuid)?.password,
		isInUse: () => isInUse,
		change(change, describe) {
			const entries = change.kind === 'create' ? [] : concerned(change)
			const after =
				change.kind === 'create' ? [change.password] : entries.map(({ password }) => applyChange(password, change))
			if (after.length === 0) return []
			const newHash = change.kind === 'create' ? change.hash : change.kind === 'rehash' ? change.to : undefined
			if (newHash !== undefined && byHash.has(newHash)) throw new Error('Two application passwords have one hash.')
			if (change.kind === 'create' && uuids.has(change.password.uuid)) {
				throw new Error('Two application passwords have one UUID.')
			}
			// Asked before anything is changed: if it throws, nothing was.
			for (const event of describe(after)) note(event)
			if (change.kind === 'create') add(change.owner, change.password, change.hash)
			else for (const entry of entries) apply(entry, change)
			return after
		},
		note,
	}
}
