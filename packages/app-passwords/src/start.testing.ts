import { Secret } from '@postern/vocabulary'
import type { AppPasswordsOptions, Issued } from './app-passwords.ts'
import { createAppPasswords } from './create-app-passwords.ts'
import { memoryStorage } from './memory-storage.ts'
import { memoryUsers } from './memory-users.ts'
import { ada, bob, grants } from './people.testing.ts'
import type {
	ApplicationPassword,
	Grants,
	Login,
	NewPassword,
	Occasion,
	Outcome,
	PasswordEvent,
	User,
} from './types.ts'

export const home = '192.0.2.1'
export const occasion: Occasion = { by: ada, withPassword: null, ip: home, requestId: 'req_1' }

/** A clock that stands until it is told. */
function stoppedClock(from = '2026-11-21T12:00:00Z') {
	let time = new Date(from).getTime()
	return {
		now: () => new Date(time),
		pass(seconds: number) {
			time += seconds * 1_000
		},
	}
}

/** Application passwords of Ada and Bob, kept in memory. */
export function start(
	settings: Partial<AppPasswordsOptions<User, Grants>> & { readonly people?: readonly User[] } = {},
) {
	const { people = [ada, bob], ...options } = settings
	const users = memoryUsers<User>(people)
	const storage = memoryStorage<User, Grants>({ users })
	const clock = stoppedClock()
	const appPasswords = createAppPasswords<User, Grants>({
		storage,
		users,
		environment: 'production',
		now: clock.now,
		// Thrown here it would be a warning; later it makes the run fail.
		onTrouble: (error) =>
			queueMicrotask(() => {
				throw error
			}),
		...options,
	})
	const issue = async (owner: User = ada, wanted: Partial<NewPassword> = {}): Promise<Issued<Grants>> =>
		valueOf(await appPasswords.create(owner, { name: 'App 1', grants: grants[0], ...wanted }, occasion))
	const logIn = (userId: string, password: Secret | string, login: Partial<Login> = {}) =>
		appPasswords.authenticate({
			userId,
			password: typeof password === 'string' ? new Secret(password) : password,
			ip: home,
			isTls: true,
			requestId: 'req_2',
			...login,
		})
	/** The login's code; `ok` when it is right, `unjudged` when nothing was judged. */
	const verdict = async (...login: Parameters<typeof logIn>): Promise<string> => {
		const outcome = await logIn(...login)
		return outcome === undefined ? 'unjudged' : outcome.ok ? 'ok' : `${outcome.error.status} ${outcome.error.code}`
	}
	const eventsOf = (...names: PasswordEvent['event'][]) => storage.events.filter(({ event }) => names.includes(event))
	return { appPasswords, users, storage, clock, issue, logIn, verdict, eventsOf }
}

export function valueOf<T>(outcome: Outcome<T>): T {
	if (!outcome.ok) throw new Error(outcome.error.code)
	return outcome.value
}

export async function onlyPasswordOf(owner: User, { storage }: ReturnType<typeof start>): Promise<ApplicationPassword> {
	const [only, ...more] = await storage.list(owner)
	if (only === undefined || more.length > 0) throw new Error(`${more.length + (only === undefined ? 0 : 1)} passwords`)
	return only
}
