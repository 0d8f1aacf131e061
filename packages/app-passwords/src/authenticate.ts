import { canonicalAddress } from './addresses.ts'
import type { AppPasswords, AppPasswordsOptions } from './app-passwords.ts'
import { createConditions } from './conditions.ts'
import { type Attempt, createFailures, type Failures } from './failures.ts'
import { hashAsWordPress, hashSecret } from './hash-secret.ts'
import { createImportedLogin } from './imported-login.ts'
import { andThen, runAside } from './maybe-promise.ts'
import { canonicalSecret, couldBeName, heldUnder, isEmail } from './presented.ts'
import { createUseRecorder } from './record-use.ts'
import { errorOf } from './refusals.ts'
import type { Grants, Held, Login, MaybePromise, Outcome, User } from './types.ts'

const busyMs = 1_000

type Authenticate<U extends User, G extends Grants> = AppPasswords<U, G>['authenticate']
type Verdict<U extends User, G extends Grants> = MaybePromise<Outcome<Held<U, G>>>
type Options<U extends User, G extends Grants> = Omit<AppPasswordsOptions<U, G>, 'environment'> &
	Pick<AppPasswords<U, G>, 'isAvailable' | 'isAvailableFor'> & {
		readonly now: () => Date
		readonly onTrouble: (error: unknown) => void
	}
type JudgeMatch<U extends User, G extends Grants> = (held: Held<U, G>, attempt: Attempt<U>) => Verdict<U, G>

/**
 * Makes the authenticator. Nothing in it waits unless the storage does. The comparison is the look-up: whoever does not know a
 * secret cannot steer its hash, so the time an index takes tells nothing, and there is no second comparison to time. A miss
 * makes the same look-ups whether the account, the password or both are unknown.
 */
export function createAuthenticate<U extends User, G extends Grants>(options: Options<U, G>): Authenticate<U, G> {
	const { storage, isAvailable, now: clock } = options
	const find = createFind(options)
	const failures = createFailures(storage)
	const judgeMatch = createMatch(options, failures.fail)
	const judgeMiss = createMiss(options, failures, judgeMatch)

	const judge = (received: Login): Verdict<U, G> | undefined => {
		const ip = canonicalAddress(received.ip)
		const login = ip === received.ip ? received : { ...received, ip }
		const attempt = { login, now: clock() }
		if (!isAvailable(login)) {
			// REST never looks at Basic credentials then.
			return login.surface === 'xml-rpc' ? failures.fail(attempt, errorOf('application_passwords_disabled')) : undefined
		}
		const refusal = failures.refuseAddress(attempt)
		if (refusal !== undefined) return refusal
		const secret = canonicalSecret(login.password)
		return andThen(find(hashSecret(secret), attempt, secret), (held) =>
			held === undefined ? judgeMiss(attempt, secret) : judgeMatch(held, attempt),
		)
	}

	let isInUse = false
	return (login) => {
		if (isInUse) return judge(login)
		return andThen(storage.isInUse(), (answer) => {
			isInUse = answer // once true, true for ever
			return answer ? judge(login) : undefined
		})
	}
}

type Find<U extends User, G extends Grants> = (
	hash: string,
	attempt: Attempt<U>,
	secret: string,
) => MaybePromise<Held<U, G> | undefined>

/** Finds the password of a hash if it belongs to whoever is named; nothing that could be a secret is nobody's. */
function createFind<U extends User, G extends Grants>({
	storage,
	users,
}: Pick<Options<U, G>, 'storage' | 'users'>): Find<U, G> {
	return (hash, { login: { userId } }, secret) =>
		andThen(storage.findByHash(hash), (held) => (secret === '' ? undefined : heldUnder(userId, held, users)))
}

/** What follows a right secret: its conditions, and if they hold the record of its use. */
function createMatch<U extends User, G extends Grants>(
	options: Options<U, G>,
	fail: Failures<U>['fail'],
): JudgeMatch<U, G> {
	const { storage, onTrouble } = options
	const refusalOf = createConditions(options)
	const recordUse = createUseRecorder(storage, onTrouble)
	return (held, { login, now }) =>
		andThen(refusalOf(held, login, now), (error): Outcome<Held<U, G>> => {
			const { user, password } = held
			if (error !== undefined) return fail({ login, now, user }, error, password.uuid)
			recordUse(held, login.ip, now)
			const occasion = { by: user, withPassword: password.uuid, ip: login.ip, requestId: login.requestId }
			storage.note({ event: 'authenticated', at: now, user, password, occasion })
			return { ok: true, value: held }
		})
}

/** What follows a secret that none of our hashes fits: hashes from WordPress, and then the refusal. */
function createMiss<U extends User, G extends Grants>(
	options: Options<U, G>,
	{ fail, failAsGuess, isGuessing }: Failures<U>,
	judgeMatch: JudgeMatch<U, G>,
): (attempt: Attempt<U>, secret: string) => Verdict<U, G> {
	const { storage, users, isAvailableFor, onTrouble } = options
	const find = createFind(options)
	const tryImported = createImportedLogin(storage, onTrouble)

	const refuse = (attempt: Attempt<U>) => {
		const { user, login } = attempt
		if (user === undefined) {
			return failAsGuess(attempt, errorOf(isEmail(login.userId) ? 'invalid_email' : 'invalid_username'))
		}
		const code = isAvailableFor(user) ? 'incorrect_password' : 'application_passwords_disabled_for_user'
		return failAsGuess(attempt, errorOf(code))
	}

	const judgeImported = (attempt: Attempt<U>, secret: string): Verdict<U, G> => {
		// Costly: not for whoever guesses. What was used since its import is found without it.
		if (isGuessing(attempt)) return refuse(attempt)
		const owner = secret === '' ? undefined : attempt.user
		const tried = tryImported({ owner, secret, ip: attempt.login.ip })
		if (tried === undefined) return fail(attempt, errorOf('too_many_attempts', busyMs))
		return tried.then(async ({ held }) => {
			const theirs = await heldUnder(attempt.login.userId, held, users)
			return theirs === undefined ? refuse(attempt) : judgeMatch(theirs, attempt)
		})
	}

	const upgrade = ({ user: owner, password: { uuid } }: Held<U, G>, from: string, to: string) =>
		runAside(() => storage.change({ kind: 'rehash', owner, uuid, from, to }, () => []), onTrouble)

	const refuseOrImport = (received: Attempt<U>, secret: string) => {
		const { userId } = received.login
		return andThen(couldBeName(userId) ? users.findByLogin(userId) : undefined, (user) => {
			const attempt = user === undefined ? received : { ...received, user }
			return andThen(storage.hasImported(), (isLeft) => (isLeft ? judgeImported(attempt, secret) : refuse(attempt)))
		})
	}

	return (attempt, secret) => {
		const [ours, theirs] = [hashSecret(secret), hashAsWordPress(secret)]
		return andThen(find(theirs, attempt, secret), (held) => {
			if (held !== undefined) {
				upgrade(held, theirs, ours)
				return judgeMatch(held, attempt)
			}
			// Another login may have upgraded it since this one looked for ours.
			return andThen(find(ours, attempt, secret), (again) =>
				again === undefined ? refuseOrImport(attempt, secret) : judgeMatch(again, attempt),
			)
		})
	}
}
