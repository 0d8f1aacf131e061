import { randomBytes } from 'node:crypto'
import { fail, ok, Secret, type Result } from '@postern/vocabulary'
import type { ChallengePurpose } from '../store/challenge-purpose.ts'
import type { PasskeyChallenge } from '../store/passkey-challenges.ts'
import type { Passkey } from '../store/passkeys.ts'
import type { PasskeyAssertion, PasskeyRequest, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { cookiePrefix, isSecure } from './cookie-names.ts'
import { hashToken, newOneTimeToken } from './one-time-token.ts'
import { PasskeyCopied } from './passkey-copied.ts'
import type { PasskeyPlace } from './passkey-place.ts'
import { readCookie } from './read-cookie.ts'
import { passkeyQuestionLimits } from './sign-in-limits.ts'
import { readAssertion } from './web-authn.ts'

/** How long a person may take with the device. */
const questionSeconds = 300

/** Who is asked, and for what: an answer counts only for the same. */
export type Question = {
	readonly purpose: ChallengePurpose
	readonly accountId?: string
	readonly sessionId?: string
}

export const passkeyTimeoutMs = questionSeconds * 1000

/** Fails with `account/passkey-unavailable` where no passkey can work. */
export function findPlace({ passkeyPlace }: AccountPorts): Result<PasskeyPlace> {
	return passkeyPlace ? ok(passkeyPlace) : fail('account/passkey-unavailable')
}

/** Makes a challenge that this browser alone can answer, once. Fails with `account/throttled`. */
export async function keepQuestion(ports: AccountPorts, visit: Visit, question: Question): Promise<Result<string>> {
	const counted = ports.throttle.admit(passkeyQuestionLimits(visit.ip))
	if (!counted.ok) return counted
	const challenge = randomBytes(32).toString('base64url')
	const { token, tokenHash } = newOneTimeToken()
	await ports.store.passkeyChallenges.keep(tokenHash, {
		purpose: question.purpose,
		challenge,
		accountId: question.accountId ?? null,
		sessionId: question.sessionId ?? null,
		expiresAt: new Date(ports.now().getTime() + questionSeconds * 1000),
	})
	visit.cookies.push(questionCookie(ports.origin, token.reveal(), questionSeconds))
	return ok(challenge)
}

/** The challenge that waits for an answer to just this question; nobody gets it again. */
export async function takeQuestion(
	ports: AccountPorts,
	visit: Visit,
	{ purpose, accountId, sessionId }: Question,
): Promise<PasskeyChallenge | undefined> {
	const token = readCookie(visit.headers, questionCookieName(ports.origin))
	if (token === undefined) return undefined
	visit.cookies.push(questionCookie(ports.origin, '', 0))
	const kept = await ports.store.passkeyChallenges.take(hashToken(new Secret(token)))
	const isSame =
		kept?.purpose === purpose && kept.accountId === (accountId ?? null) && kept.sessionId === (sessionId ?? null)
	return isSame ? kept : undefined
}

/** Asks for a passkey: of one account, or any that is kept for this place. Fails with `account/passkey-…`, `account/throttled`. */
export async function askForPasskey(
	ports: AccountPorts,
	visit: Visit,
	question: Question,
): Promise<Result<PasskeyRequest>> {
	const place = findPlace(ports)
	if (!place.ok) return place
	const known = question.accountId === undefined ? [] : await ports.store.passkeys.list(question.accountId)
	const challenge = await keepQuestion(ports, visit, question)
	if (!challenge.ok) return challenge
	return ok({
		challenge: challenge.value,
		rpId: place.value.rpId,
		timeout: passkeyTimeoutMs,
		userVerification: 'required',
		allowCredentials: known.map(credentialOf),
	})
}

export function credentialOf({ credentialId, transports }: Passkey) {
	return { type: 'public-key' as const, id: credentialId, transports }
}

/**
 * Judges a passkey's answer, and notes its use. Everything that can be wrong is one problem, `account/passkey-refused`, also
 * for a passkey that nobody knows; only its cause tells of a counter that went back.
 */
export async function checkAssertion(
	ports: AccountPorts,
	visit: Visit,
	{ question, answer }: { question: Question; answer: PasskeyAssertion },
): Promise<Result<Passkey>> {
	const place = findPlace(ports)
	if (!place.ok) return place
	const kept = await takeQuestion(ports, visit, question)
	const passkey = kept && (await ports.store.passkeys.findByCredential(answer.id))
	if (!passkey || !isOwners(passkey, question, answer)) return fail('account/passkey-refused')
	const read = await readAssertion(answer, passkey, { challenge: kept.challenge, place: place.value })
	if (!read) return fail('account/passkey-refused')
	const isUsed = await ports.store.passkeys.use(passkey.id, read.counter)
	return isUsed ? ok(passkey) : fail('account/passkey-refused', { cause: new PasskeyCopied(passkey) })
}

/** The device must have kept the passkey for its owner; where nobody said before who it is, it has to say so itself. */
function isOwners(passkey: Passkey, { accountId }: Question, { response: { userHandle } }: PasskeyAssertion): boolean {
	if (userHandle === undefined) return accountId === passkey.accountId
	return userHandle === userHandleOf(passkey.accountId) && (accountId ?? passkey.accountId) === passkey.accountId
}

/** What devices call an account: its id, which says nothing about the person. */
export function userHandleOf(accountId: string): string {
	return Buffer.from(accountId).toString('base64url')
}

function questionCookieName(origin: string): string {
	return `${cookiePrefix(origin)}.passkey_question`
}

function questionCookie(origin: string, value: string, seconds: number): string {
	const attributes = ['Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Lax']
	return [`${questionCookieName(origin)}=${value}`, ...attributes, ...(isSecure(origin) ? ['Secure'] : [])].join('; ')
}
