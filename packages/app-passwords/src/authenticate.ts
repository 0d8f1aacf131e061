import type { Secret } from '@postern/vocabulary'
import { stripToAlphanumerics } from '@postern/wordpress'
import { canonicalAddress } from './addresses.ts'
import type { AppPasswords, AppPasswordsOptions } from './app-passwords.ts'
import { createAttemptLimit } from './attempt-limit.ts'
import { createConditions } from './conditions.ts'
import { hashAsWordPress, hashSecret } from './hash-secret.ts'
import { createImportedLogin } from './imported-login.ts'
import { andThen, runAside } from './maybe-promise.ts'
import { createUseRecorder } from './record-use.ts'
import { errorOf, refused } from './refusals.ts'
import type { Grants, Held, Login, MaybePromise, Outcome, User, WordPressError } from './types.ts'

/** As PHP's checker; whatever is longer is not even hashed. */
const mostPasswordBytes = 4_096
/** RFC 5321 allows 254 for an e-mail address; WordPress 60 for a login name. */
const mostUserIdLength = 320
const busyMs = 1_000

type Verdict<U extends User, G extends Grants> = MaybePromise<Outcome<Held<U, G>>>
type Options<U extends User, G extends Grants> = Omit<AppPasswordsOptions<U, G>, 'environment'> &
	Pick<AppPasswords<U, G>, 'isAvailable' | 'isAvailableFor'> & {
		readonly now: () => Date
		readonly onTrouble: (error: unknown) => void
	}
/** One login on its way: what is known of it, and when it came. */
type Attempt<U extends User> = { readonly login: Login; readonly now: Date; readonly user?: U }

/**
 * Makes the authenticator. Nothing in it waits unless the storage does. The comparison is the look-up: whoever does not know a
 * secret cannot steer its hash, so the time an index takes tells nothing, and there is no second comparison to time. A miss
 * makes the same look-ups whether the account, the password or both are unknown.
 */
export function createAuthenticate<U extends User, G extends Grants>(
	options: Options<U, G>,
): AppPasswords<U, G>['authenticate'] {
	const { storage, users, isAvailable, isAvailableFor, now: clock, onTrouble } = options
	const limit = createAttemptLimit()
	const judge = createConditions(options)
	const recordUse = createUseRecorder(storage, onTrouble)
	const tryImported = createImportedLogin(storage, onTrouble)

	let isInUse = false
	const askInUse = () =>
		andThen(storage.isInUse(), (answer) => {
			isInUse = answer // once true, true for ever
			return answer
		})

	const occasionOf = (login: Login, by: U | null, withPassword: string | null) => ({
		by,
		withPassword,
		ip: login.ip,
		requestId: login.requestId,
	})

	/** Notes the one event of a failure, and answers. */
	const fail = ({ login, now, user }: Attempt<U>, error: WordPressError, withPassword: string | null = null) => {
		const occasion = occasionOf(login, null, withPassword)
		storage.note({ event: 'failed', at: now, user: user ?? null, password: null, code: error.code, occasion })
		return refused(error)
	}

	/** A failure that may be a guess: it counts, and a name that was guessed at too often hears nothing else. */
	const failAsGuess = (attempt: Attempt<U>, error: WordPressError) => {
		const { login, now } = attempt
		const waitMs = limit.countFailure(login.ip, login.userId, now.getTime())
		return fail(attempt, waitMs > 0 ? errorOf('too_many_attempts', waitMs) : error)
	}

	const judgeMatch = (held: Held<U, G>, { login, now }: Attempt<U>): Verdict<U, G> =>
		andThen(judge(held, login, now), (error) => {
			const { user, password } = held
			if (error !== undefined) return fail({ login, now, user }, error, password.uuid)
			recordUse(held, login.ip, now)
			const occasion = occasionOf(login, user, password.uuid)
			storage.note({ event: 'authenticated', at: now, user, password, occasion })
			return { ok: true, value: held }
		})

	const upgrade = ({ user, password }: Held<U, G>, from: string, to: string) =>
		runAside(() => storage.change({ kind: 'rehash', owner: user, uuid: password.uuid, from, to }, () => []), onTrouble)

	/** An account that exists is refused for the password, or for what it may not at all. */
	const failKnown = (attempt: Attempt<U>, user: U) => {
		const code = isAvailableFor(user) ? 'incorrect_password' : 'application_passwords_disabled_for_user'
		return failAsGuess({ ...attempt, user }, errorOf(code))
	}

	const failMiss = (attempt: Attempt<U>, user: U | undefined) => {
		if (user !== undefined) return failKnown(attempt, user)
		return failAsGuess(attempt, errorOf(isEmail(attempt.login.userId) ? 'invalid_email' : 'invalid_username'))
	}

	const judgeImported = (attempt: Attempt<U>, user: U | undefined, secret: string): Verdict<U, G> => {
		// Costly: not for whoever guesses at this name. What was used since its import is found without it.
		if (limit.waitOfName(attempt.login.userId, attempt.now.getTime()) > 0) return failMiss(attempt, user)
		const tried = tryImported(secret === '' ? undefined : user, secret)
		if (tried === undefined) return fail(attempt, errorOf('too_many_attempts', busyMs))
		return tried.then(({ held }) => (held === undefined ? failMiss(attempt, user) : judgeMatch(held, attempt)))
	}

	const judgeMiss = (attempt: Attempt<U>, secret: string): Verdict<U, G> => {
		const { userId } = attempt.login
		const old = hashAsWordPress(secret)
		return andThen(storage.findByHash(old), (held) => {
			if (isNamed(held, userId) && secret !== '') {
				upgrade(held, old, hashSecret(secret))
				return judgeMatch(held, attempt)
			}
			return andThen(userId.length > mostUserIdLength ? undefined : users.findByLogin(userId), (user) =>
				andThen(storage.hasImported(), (isLeft) =>
					isLeft ? judgeImported(attempt, user, secret) : failMiss(attempt, user),
				),
			)
		})
	}

	const begin = (received: Login): Verdict<U, G> | undefined => {
		const now = clock()
		const ip = canonicalAddress(received.ip)
		const login = ip === received.ip ? received : { ...received, ip }
		if (!isAvailable(login)) {
			// REST never looks at Basic credentials then.
			if (login.surface !== 'xml-rpc') return undefined
			return fail({ login, now }, errorOf('application_passwords_disabled'))
		}
		const waitMs = limit.waitOf(login.ip, now.getTime())
		if (waitMs > 0) {
			const error = errorOf('too_many_attempts', waitMs)
			return limit.isFirstRefusal(login.ip) ? fail({ login, now }, error) : refused(error)
		}
		const secret = canonicalSecret(login.password)
		return andThen(storage.findByHash(hashSecret(secret)), (held) =>
			isNamed(held, login.userId) && secret !== ''
				? judgeMatch(held, { login, now })
				: judgeMiss({ login, now }, secret),
		)
	}

	return (login) => (isInUse ? begin(login) : andThen(askInUse(), (answer) => (answer ? begin(login) : undefined)))
}

/** The form that is hashed. Empty: nothing that could be a secret, and nobody's. */
function canonicalSecret(password: Secret): string {
	const text = password.reveal()
	if (text.length > mostPasswordBytes || Buffer.byteLength(text) > mostPasswordBytes) return ''
	return stripToAlphanumerics(text)
}

/** A right secret under somebody else's name is as wrong as any. Login names and e-mail addresses know no letter case. */
function isNamed<U extends User, G extends Grants>(held: Held<U, G> | undefined, name: string): held is Held<U, G> {
	if (held === undefined) return false
	const { login, email } = held.user
	if (login === name) return true
	const lower = name.toLowerCase()
	return login.toLowerCase() === lower || (isEmail(name) && email.toLowerCase() === lower)
}

function isEmail(text: string): boolean {
	return text.length <= mostUserIdLength && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
}
