import type { Evidence } from '@postern/vocabulary'
import { decodeEntities, grantedCapabilities, readSiteUser, type SiteUser } from '@postern/wordpress'
import { type ApiReply, askApi } from './ask-api.ts'
import { openPorts } from './ask-by-fetch.ts'
import type { Probe } from './probe.ts'
import { openRestSession } from './session.ts'
import type { ProbePorts, ReachableSite, SiteCredentialInput, VerifiedAccount } from './types.ts'
import { accountUrlOf } from './where-the-secret-goes.ts'

/** What `discover` and `verifySiteCredential` said of a connection that works. */
export type KnownConnection = {
	readonly site: ReachableSite
	readonly account: Pick<VerifiedAccount, 'userId' | 'username' | 'roles' | 'capabilities'>
}

/** A login that the site may have counted as failed: hand it on to `verifySiteCredential`, which then makes no second one. */
export type RefusedLogin = {
	readonly reply: ApiReply
	readonly rootUrl: string
	readonly evidence: readonly Evidence[]
}

export type RecheckResult =
	/** All is as it was. */
	| { readonly ok: true; readonly value: Pick<VerifiedAccount, 'displayName'> }
	/** Something is not, or could not be told; whether that is trouble, `discover` and `verifySiteCredential` tell. */
	| { readonly ok: false; readonly refused?: RefusedLogin }

const MAX_BYTES = 524_288
/** A site that takes longer is asked again, with more patience, by the ladder. */
const TIMEOUT_MS = 4_000

/**
 * Looks, with two requests, whether a connection is as it was when it was proved: the same account with the same permissions
 * answers to the credential, and nobody to a request without it. Redirects are not followed, and the secret goes to the origin of
 * the site only.
 */
export async function recheckSiteCredential(
	{ site, account }: KnownConnection,
	input: SiteCredentialInput,
	ports: ProbePorts = openPorts(),
): Promise<RecheckResult> {
	const timeoutMs = Math.min(TIMEOUT_MS, ports.timeoutMs ?? TIMEOUT_MS)
	const session = openRestSession(site, input, { ...ports, timeoutMs })
	if (!session.ok) return { ok: false }
	const { authorization, probe } = session.value
	const url = accountUrlOf(site)
	const reply = await askApi(probe, { step: 'account', url, authorization, maxBytes: MAX_BYTES })
	if (isPerhapsRefused(reply))
		return { ok: false, refused: { reply, rootUrl: site.root.url, evidence: probe.evidence() } }
	const user = reply.kind === 'json' && reply.repaired === '' ? readSiteUser(reply.value) : undefined
	if (user === undefined || !isAsKnown(user, account, probe)) return { ok: false }
	// After it, at the very same address: only then can a cache have kept what it was told.
	const control = await askApi(probe, { step: 'control', url, maxBytes: MAX_BYTES })
	const isClosed = control.kind === 'refused' && control.answer.status === 401
	return isClosed
		? { ok: true, value: { displayName: probe.quote(decodeEntities(user.name)) || account.username } }
		: { ok: false }
}

/** The same root refused it, or any root did so in a way that counts: then another try might lock the account out. */
export function countsAt(rootUrl: string, { reply, rootUrl: asked }: RefusedLogin): boolean {
	return asked === rootUrl || isLockOut(reply) || statusOf(reply) === 401
}

function isPerhapsRefused(reply: ApiReply): boolean {
	const status = statusOf(reply)
	if (reply.kind === 'refused') return status >= 400 && status < 500 && status !== 404
	if (reply.kind !== 'trouble') return false
	return isLockOut(reply) || reply.trouble.code === 'site/rate-limited' || status === 401 || status === 403
}

function isLockOut(reply: ApiReply): boolean {
	return reply.kind === 'trouble' && reply.trouble.code === 'site-credential/locked-out'
}

function statusOf(reply: ApiReply): number {
	return 'answer' in reply ? (reply.answer?.status ?? 0) : 0
}

function isAsKnown(user: SiteUser, known: KnownConnection['account'], { quote }: Probe): boolean {
	const isSame = (sent: string, kept: string | undefined, limit: number): boolean =>
		sent === kept || quote(sent, limit) === kept
	const areSame = (sent: readonly string[], kept: readonly string[], limit: number): boolean =>
		sent.length === kept.length && sent.every((one, at) => isSame(one, kept[at], limit))
	return (
		user.id === known.userId &&
		isSame(user.username, known.username, 60) &&
		areSame(user.roles, known.roles, 60) &&
		areSame(grantedCapabilities(user.capabilities), known.capabilities, 100)
	)
}
