import { randomUUID } from 'node:crypto'
import { hashSecret } from '../hash-secret.ts'
import type {
	ApplicationPassword,
	EventName,
	Grants,
	Held,
	Occasion,
	PasswordEvent,
	PasswordStorage,
	User,
} from '../types.ts'

/** An empty storage for one case, and what the case has to know about it. */
export type StorageUnderTest<U extends User = User, G extends Grants = Grants> = {
	readonly storage: PasswordStorage<U, G>
	/** Two people who exist there. */
	readonly owners: readonly [U, U]
	/** Two different grants that it can keep. */
	readonly grants: readonly [G, G]
	/** Sees to it that this owner may not sign in any more. */
	endOwner(owner: U): Promise<void>
	/** All events kept until now, oldest first, also those of `note`. */
	readEvents(): Promise<readonly KeptEvent[]>
	close(): Promise<void>
}

export type KeptEvent = { readonly event: EventName; readonly uuid: string | null; readonly code: string | null }

export type StorageCase = {
	/** The promise that would break. */
	readonly name: string
	/** Fails by throwing an `AssertionError`. */
	run<U extends User, G extends Grants>(make: () => Promise<StorageUnderTest<U, G>>): Promise<void>
}

/** A storage with what a case does most. */
export type Bench<U extends User, G extends Grants> = StorageUnderTest<U, G> & {
	readonly owner: U
	readonly other: U
	record(changes?: Partial<ApplicationPassword<G>>): ApplicationPassword<G>
	/** Keeps a new password and gives it; its hash is that of its UUID, if no other is said. */
	create(owner: U, changes?: Partial<ApplicationPassword<G>>, hash?: string): Promise<ApplicationPassword<G>>
	find(password: ApplicationPassword<G>): Promise<Held<U, G> | undefined>
	/** Describes each password concerned by one event of this name. */
	telling(event: EventName): (affected: readonly ApplicationPassword<G>[]) => readonly PasswordEvent<U, G>[]
}

export function storageCase(
	name: string,
	body: <U extends User, G extends Grants>(bench: Bench<U, G>) => Promise<void>,
): StorageCase {
	return {
		name,
		async run(make) {
			const made = await make()
			try {
				await body(benchOf(made))
			} finally {
				await made.close()
			}
		},
	}
}

/** Whole seconds, because WordPress counts in them. */
export const noon = new Date('2026-11-21T12:00:00Z')

export function after(seconds: number): Date {
	return new Date(noon.getTime() + seconds * 1_000)
}

/** The hash of a password of these cases. */
export function hashOf(password: ApplicationPassword): string {
	return hashSecret(password.uuid)
}

function benchOf<U extends User, G extends Grants>(made: StorageUnderTest<U, G>): Bench<U, G> {
	const { storage, owners, grants } = made
	const occasion: Occasion<U> = { by: owners[0], withPassword: null, ip: '192.0.2.1', requestId: 'req_1' }
	const record = (changes: Partial<ApplicationPassword<G>> = {}): ApplicationPassword<G> => ({
		uuid: randomUUID(),
		appId: '',
		name: 'App 1',
		created: noon,
		lastUsed: null,
		lastIp: null,
		seen: null,
		expires: null,
		addresses: [],
		requestsPerMinute: null,
		grants: grants[0],
		...changes,
	})
	const telling: Bench<U, G>['telling'] = (event) => (affected) =>
		affected.map((password) => ({ event, at: noon, user: owners[0], password, occasion }))
	return {
		...made,
		owner: owners[0],
		other: owners[1],
		record,
		async create(owner, changes, hash) {
			const password = record(changes)
			const change = { kind: 'create', owner, password, hash: hash ?? hashOf(password) } as const
			await storage.change(change, telling('created'))
			return password
		},
		find: async (password) => storage.findByHash(hashOf(password)),
		telling,
	}
}
