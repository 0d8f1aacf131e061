import { fail, ok, type Result } from '@postern/vocabulary'
import { asRecord, asText, isWordPressUuid, passwordShape, restUrl } from '@postern/wordpress'
import { openPorts } from './ask-by-fetch.ts'
import { askApi, type ApiQuestion, type ApiReply } from './ask-api.ts'
import { askToDelete } from './ask-to-delete.ts'
import type { Probe } from './probe.ts'
import { readSiteDate } from './site-date.ts'
import { explainReply, failWith, openRestSession, type Session } from './session.ts'
import { trouble } from './trouble.ts'
import type { NewSitePassword, ProbePorts, ReachableSite, SiteCredentialInput, SitePassword } from './types.ts'

const ROUTE = '/wp/v2/users/me/application-passwords'
const MAX_BYTES = 2_097_152
const MOST = 1_000

/**
 * Lets WordPress make an application password for the account, and gives it. Fails with `site-credential/name-taken` (WordPress
 * up to 6.6 wants every name to be different), `api/rest-needed`, and as `readLatestPosts` does.
 */
export async function createSitePassword(
	site: ReachableSite,
	credential: SiteCredentialInput,
	{ name, appId }: { readonly name: string; readonly appId?: string },
	ports: ProbePorts = openPorts(),
): Promise<Result<NewSitePassword>> {
	const session = openRestSession(site, credential, ports)
	if (!session.ok) return session
	const jsonBody = JSON.stringify({ name, ...(appId === undefined || appId === '' ? {} : { app_id: appId }) })
	const reply = await ask(session.value, { step: 'create-password', method: 'POST', jsonBody })
	if (isRefusedFor(reply, 409))
		return fail('site-credential/name-taken', { params: { host: session.value.host, name } })
	const made = reply.kind === 'json' ? readNewPassword(reply.value, session.value.probe) : undefined
	return made === undefined ? failWith(explainMismatch(reply, session.value)) : ok(made)
}

/** Lists the application passwords of the account. Fails with `api/rest-needed`, and as `readLatestPosts` does. */
export async function listSitePasswords(
	site: ReachableSite,
	credential: SiteCredentialInput,
	ports: ProbePorts = openPorts(),
): Promise<Result<readonly SitePassword[]>> {
	const session = openRestSession(site, credential, ports)
	if (!session.ok) return session
	const { probe } = session.value
	const reply = await ask(session.value, { step: 'list-passwords', query: { _postern: crypto.randomUUID() } })
	if (reply.kind !== 'json' || !Array.isArray(reply.value)) return failWith(explainMismatch(reply, session.value))
	const items: readonly unknown[] = reply.value
	return ok(items.slice(0, MOST).flatMap((item) => readPassword(item, probe) ?? []))
}

/**
 * Deletes an application password of the account. `gone`: there is none under this uuid any more; with `isOwn` (it is the very
 * password that is sent) also when WordPress lets it in no more. Fails with `api/rest-needed`, and as `readLatestPosts` does.
 */
export async function deleteSitePassword(
	site: ReachableSite,
	credential: SiteCredentialInput,
	{ uuid, isOwn = false }: { readonly uuid: string; readonly isOwn?: boolean },
	ports: ProbePorts = openPorts(),
): Promise<Result<'deleted' | 'gone'>> {
	if (!isWordPressUuid(uuid)) throw new TypeError('The uuid of an application password is needed')
	const session = openRestSession(site, credential, ports)
	if (!session.ok) return session
	const reply = await askToDelete(session.value, { step: 'delete-password', route: `${ROUTE}/${uuid}` })
	if (reply.kind === 'json' && asRecord(reply.value)?.['deleted'] === true) return ok('deleted')
	const isUnknown = isRefusedFor(reply, 404) && reply.error.code === 'rest_application_password_not_found'
	if (isUnknown || (isOwn && isRefusedFor(reply, 401))) return ok('gone')
	return failWith(explainMismatch(reply, session.value))
}

type Asked = Pick<ApiQuestion, 'step' | 'method' | 'jsonBody'> & {
	readonly query?: Readonly<Record<string, string>>
}

function ask({ site, probe, authorization }: Session, { query, ...asked }: Asked): Promise<ApiReply> {
	return askApi(probe, { ...asked, url: restUrl(site.root, ROUTE, query), authorization, maxBytes: MAX_BYTES })
}

function isRefusedFor(reply: ApiReply, status: number): reply is Extract<ApiReply, { kind: 'refused' }> {
	return reply.kind === 'refused' && reply.answer.status === status
}

// Something answered the route with data of another kind.
function explainMismatch(reply: ApiReply, session: Session) {
	return reply.kind === 'json'
		? trouble('api/blocked', { host: session.host, plugin: '' })
		: explainReply(reply, session)
}

function readNewPassword(value: unknown, probe: Probe): NewSitePassword | undefined {
	const read = readPassword(value, probe)
	const shape = passwordShape(asText(asRecord(value)?.['password']))
	if (read === undefined || shape.kind !== 'application-password') return undefined
	return { uuid: read.uuid, name: read.name, password: shape.normalized }
}

function readPassword(value: unknown, probe: Probe): SitePassword | undefined {
	const { uuid, name, app_id: appId, created } = asRecord(value) ?? {}
	if (typeof uuid !== 'string' || !isWordPressUuid(uuid)) return undefined
	return {
		uuid,
		name: probe.quote(asText(name), 200),
		appId: probe.quote(asText(appId), 100),
		created: readSiteDate(asText(created)),
	}
}
