import { fail, type Failure, ok, type Result, type SiteCredential } from '@postern/vocabulary'
import { formatBasicCredentials } from '@postern/wordpress'
import type { ApiReply } from './ask-api.ts'
import { checkCredential } from './check-credential.ts'
import { judgeLogin } from './judge-login.ts'
import { type Probe, startProbe } from './probe.ts'
import { createRedactor } from './redactor.ts'
import { type Trouble, trouble } from './trouble.ts'
import type { ProbePorts, ReachableSite, SiteCredentialInput } from './types.ts'
import { refuseForeignAddress } from './where-the-secret-goes.ts'

/** A site and a credential whose shape and way were judged: it may be sent. */
export type Session = {
	readonly site: ReachableSite
	readonly host: string
	readonly credential: SiteCredential
	readonly authorization: string
	readonly probe: Probe
}

/** Fails with `site-credential/…` and `api/other-origin`, before anything is sent. */
export function openSession(site: ReachableSite, input: SiteCredentialInput, ports: ProbePorts): Result<Session> {
	const checked = checkCredential(input)
	if (!checked.ok) return checked
	const foreign = refuseForeignAddress(site)
	if (foreign !== undefined) return failWith(foreign)
	const { username, password } = checked.value
	return ok({
		site,
		host: new URL(site.siteUrl).host,
		credential: checked.value,
		authorization: formatBasicCredentials(username, password),
		probe: startProbe(ports, createRedactor(username, password)),
	})
}

/** The same, for what XML-RPC has no method for: over it, nothing of this is possible. Fails with `api/rest-needed` as well. */
export function openRestSession(site: ReachableSite, input: SiteCredentialInput, ports: ProbePorts): Result<Session> {
	if (site.transport !== 'xml-rpc') return openSession(site, input, ports)
	return fail('api/rest-needed', { params: { host: new URL(site.siteUrl).host } })
}

/** Says what an answer other than the wanted one means, to a request that carried the credential. */
export function explainReply(reply: ApiReply, { site, host, credential, probe }: Session): Trouble {
	// Only a site that keeps asking for patience uses the budget up.
	if (reply.kind === 'no-budget') return trouble('site/rate-limited', { host, seconds: 60 })
	const { username } = credential
	const login = judgeLogin(reply, { site, username, quote: probe.quote })
	if (login.kind === 'failed') return login.trouble
	if (login.kind === 'user') return trouble('api/blocked', { host, plugin: '' })
	return trouble('site-credential/rejected-or-stripped', { host, username })
}

export function failWith({ code, params, certificate }: Trouble): Failure {
	return fail(code, { params, certificate })
}
