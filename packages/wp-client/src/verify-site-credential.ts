import {
	readPostTypes,
	readSiteIndex,
	readTaxonomies,
	restUrl,
	type SiteIndex,
	type SitePostType,
	type SiteTaxonomy,
	type SiteUser,
} from '@postern/wordpress'
import { openPorts } from './ask-by-fetch.ts'
import { askXmlRpc } from './ask-xml-rpc.ts'
import { type ApiReply, askApi } from './ask-api.ts'
import { describeAccount } from './describe-account.ts'
import { nameServer } from './fingerprints.ts'
import { type Introspection, judgeIntrospection } from './judge-introspection.ts'
import { judgeLogin, settleAmbiguity } from './judge-login.ts'
import { createLadder, type Ladder } from './ladder.ts'
import { accountUrlOf } from './where-the-secret-goes.ts'
import { countsAt, type RefusedLogin } from './recheck-site-credential.ts'
import { openSession, type Session } from './session.ts'
import { likely, type Trouble, trouble, troubleOf } from './trouble.ts'
import type { DiscoveredSite, ProbePorts, SiteCredentialInput, VerifyResult } from './types.ts'

/**
 * Proves a site credential on a route that needs one, and reads who we are there and what we may do. A login password is told
 * by its shape and goes nowhere. One failed login at most; redirects end it; the secret goes to the origin of `site` only.
 * `refused`: a login of this attempt that failed already, if it did.
 */
export async function verifySiteCredential(
	site: DiscoveredSite,
	input: SiteCredentialInput,
	ports: ProbePorts = openPorts(),
	refused?: RefusedLogin,
): Promise<VerifyResult> {
	const ladder = createLadder('login', ports)
	const session = openSession(site, input, ports)
	if (!session.ok) {
		const found = troubleOf(session.problem)
		return { ok: false, diagnosis: { ...found, rung: ladder.fail(found), evidence: [] } }
	}
	return logIn({
		...session.value,
		site,
		ladder,
		accountUrl: accountUrlOf(site),
		refused: refused !== undefined && countsAt(site.root.url, refused) ? refused : undefined,
	})
}

type Attempt = Session & {
	readonly site: DiscoveredSite
	readonly ladder: Ladder
	/** Of `users/me`; the control asks the very same address, so that a cache cannot tell them apart by it. */
	readonly accountUrl: URL
	readonly refused: RefusedLogin | undefined
}

const MAX_BYTES = 524_288
const INDEX_BYTES = 2_097_152

async function logIn(attempt: Attempt): Promise<VerifyResult> {
	const { site, probe, authorization, accountUrl, credential, refused } = attempt
	const question = { step: 'account', url: accountUrl, authorization, maxBytes: MAX_BYTES }
	const reply = refused?.reply ?? (await askApi(probe, question))
	const login = judgeLogin(reply, { site, username: credential.username, quote: probe.quote })
	if (login.kind === 'failed') return failed(attempt, login.trouble)
	if (login.kind === 'user') return proveLogin(login.user, attempt)
	const opinion = await askXmlRpc(site, credential, probe)
	const server = reply.kind === 'refused' ? probe.quote(nameServer(reply.answer.headers), 80) : ''
	const isFeatureOn = site.applicationPasswords === 'on'
	return failed(
		attempt,
		settleAmbiguity(login.plugin, opinion, {
			host: attempt.host,
			username: attempt.credential.username,
			server,
			isFeatureOn,
			hasPlainPermalinks: site.notes.some(({ code }) => code === 'plain-permalinks'),
		}),
	)
}

/**
 * What follows a login, side by side: the control after the authenticated answer, because only then can a cache have kept
 * it; introspection; the index, where it was closed to visitors; and the post types and taxonomies, if the budget has something to
 * spare.
 */
async function proveLogin(user: SiteUser, attempt: Attempt): Promise<VerifyResult> {
	const [control, introspection, index, types, terms] = await Promise.all([
		askControl(attempt),
		askIntrospection(attempt),
		attempt.site.isIndexClosed ? askIndex(attempt) : undefined,
		askSiteTypes(attempt, { step: 'types', path: '/wp/v2/types' }),
		askSiteTypes(attempt, { step: 'taxonomies', path: '/wp/v2/taxonomies' }),
	])
	const stranger = introspection.kind === 'missing' ? refuseStranger(user, attempt) : undefined
	const found = control ?? (introspection.kind === 'failed' ? introspection.trouble : stranger)
	const offers = { postTypes: readPostTypes(types), taxonomies: readTaxonomies(terms) }
	const proof = { user, introspection, index, ...offers }
	if (found === undefined) return reportAccount(proof, attempt)
	return failed(attempt, found, introspection.kind === 'known' ? describe(proof, attempt) : undefined)
}

// Without introspection only the name tells whether it was this credential that let us in.
function refuseStranger({ username }: SiteUser, { credential, host }: Attempt): Trouble | undefined {
	const isOther = !credential.username.includes('@') && credential.username.toLowerCase() !== username.toLowerCase()
	return isOther ? likely('site-credential/not-what-authenticated', { host }) : undefined
}

async function askControl({ probe, accountUrl, host }: Attempt): Promise<Trouble | undefined> {
	const reply = await askApi(probe, { step: 'control', url: accountUrl, maxBytes: MAX_BYTES })
	return reply.kind === 'json' ? trouble('cache/shares-identity', { host }) : undefined
}

async function askIntrospection(attempt: Attempt): Promise<Introspection> {
	const { site, probe, authorization, credential, host } = attempt
	const url = restUrl(site.root, '/wp/v2/users/me/application-passwords/introspect', { _postern: crypto.randomUUID() })
	const reply = await askApi(probe, { step: 'introspect', url, authorization, maxBytes: MAX_BYTES })
	return judgeIntrospection(reply, { host, username: credential.username, quote: probe.quote })
}

async function askIndex({ site, probe, authorization }: Attempt): Promise<SiteIndex | undefined> {
	const reply: ApiReply = await askApi(probe, {
		step: 'index-with-credentials',
		url: restUrl(site.root, ''),
		authorization,
		maxBytes: INDEX_BYTES,
	})
	return reply.kind === 'json' ? readSiteIndex(reply.value) : undefined
}

/** Those that the account may edit. A site that does not tell has none that we know of, and is no worse a site for it. */
async function askSiteTypes(
	{ site, probe, authorization }: Attempt,
	{ step, path }: { readonly step: string; readonly path: string },
): Promise<unknown> {
	const reply = await askApi(probe, {
		step,
		url: restUrl(site.root, path, { context: 'edit', _postern: crypto.randomUUID() }),
		authorization,
		maxBytes: MAX_BYTES,
		reserve: 1, // what proves the login may have to be asked twice
	})
	return reply.kind === 'json' ? reply.value : undefined
}

type Proof = {
	readonly user: SiteUser
	readonly introspection: Introspection
	readonly index: SiteIndex | undefined
	readonly postTypes: readonly SitePostType[]
	readonly taxonomies: readonly SiteTaxonomy[]
}

function reportAccount(proof: Proof, attempt: Attempt): VerifyResult {
	const { ladder, probe } = attempt
	ladder.goOn('permissions')
	const account = describe(proof, attempt)
	const refused = refuseAccount(account, attempt.host)
	if (refused !== undefined) return failed(attempt, refused, account)
	ladder.pass(account.notes.find(({ code }) => code === 'limited-account' || code === 'administrator-account'))
	return { ok: true, value: { ...account, evidence: probe.evidence() } }
}

type Account = ReturnType<typeof describeAccount>

function describe(proof: Proof, { site, credential, probe }: Attempt): Account {
	return describeAccount({ ...proof, site, typed: credential.username, quote: probe.quote })
}

function refuseAccount(account: Account, host: string): Trouble | undefined {
	const { username, roles, capabilities, permissions } = account
	if (roles.length === 0 && capabilities.length === 0)
		return trouble('site-credential/not-a-member', { host, username })
	const mayWrite = permissions.includes('draft') || permissions.includes('pages')
	return mayWrite ? undefined : trouble('site-credential/role-too-low', { host, username, role: roles[0] ?? '' })
}

function failed(
	{ ladder, probe, refused }: Attempt,
	found: Trouble,
	account?: Account,
): Extract<VerifyResult, { ok: false }> {
	const evidence = [...(refused?.evidence ?? []), ...probe.evidence()]
	const diagnosis = { ...found, rung: ladder.fail(found), evidence }
	return { ok: false, diagnosis, ...(account === undefined ? {} : { account: { ...account, evidence } }) }
}
