import type { Diagnosis, Note } from '@postern/vocabulary'
import {
	asText,
	decodeEntities,
	defaultCapabilities,
	isXmlRpcArray,
	isXmlRpcStruct,
	summarizeCapabilities,
	type WordPressRole,
	type XmlRpcStruct,
	type XmlRpcValue,
} from '@postern/wordpress'
import { openPorts } from './ask-by-fetch.ts'
import { createLadder, type Ladder } from './ladder.ts'
import { notesOfLogin } from './notes-of-login.ts'
import { readXmlRpcId } from './read-xml-rpc-id.ts'
import { openSession, type Session } from './session.ts'
import { likely, type Trouble, trouble, troubleOf } from './trouble.ts'
import type { DiscoveredSite, ProbePorts, SiteCredentialInput, VerifiedAccount, VerifyResult } from './types.ts'
import { callSignedIn, explainXmlRpc } from './xml-rpc-call.ts'

/**
 * Proves a site credential over XML-RPC, at a site that `findXmlRpc` found. What the account may do is taken from its roles, as
 * WordPress brings them along; the site does not say more. One login at the most fails; the shape is judged before it.
 */
export async function verifyOverXmlRpc(
	site: DiscoveredSite,
	input: SiteCredentialInput,
	ports: ProbePorts = openPorts(),
): Promise<VerifyResult> {
	const ladder = createLadder('login', ports)
	const session = openSession(site, input, ports)
	if (!session.ok) {
		const found = troubleOf(session.problem)
		return { ok: false, diagnosis: { ...found, rung: ladder.fail(found), evidence: [] } }
	}
	const attempt = { ladder, session: session.value }
	const sites = await callSignedIn(session.value, 'wp.getUsersBlogs')
	const isSignedIn = sites.kind === 'value' && isXmlRpcArray(sites.value)
	if (!isSignedIn) return failed(attempt, explainXmlRpc(sites, session.value))
	return readAccount(attempt, isAdministrator(sites.value, site))
}

type Attempt = { readonly ladder: Ladder; readonly session: Session }

async function readAccount(attempt: Attempt, isAdmin: boolean): Promise<VerifyResult> {
	const { session, ladder } = attempt
	const { host, credential } = session
	const fields = ['username', 'display_name', 'roles']
	const [profile, options] = await Promise.all([
		callSignedIn(session, 'wp.getProfile', fields),
		callSignedIn(session, 'wp.getOptions', ['software_version', 'blog_title']),
	])
	const user = profile.kind === 'value' ? readUser(profile.value) : undefined
	if (user === undefined) return failed(attempt, explainXmlRpc(profile, session))
	// A cache or a plugin may answer in its place; nothing but the name tells whom we are talking to.
	const isOther =
		!credential.username.includes('@') && credential.username.toLowerCase() !== user.username.toLowerCase()
	if (isOther) return failed(attempt, likely('site-credential/not-what-authenticated', { host }))
	ladder.goOn('permissions')
	const capabilities = await capabilitiesOf(user.roles, { isAdmin, session })
	const told = options.kind === 'value' && isXmlRpcStruct(options.value) ? options.value : {}
	const account = describeAccount(session, { user, capabilities, told })
	const refused = refuseAccount(account, host)
	if (refused !== undefined) return failed(attempt, refused)
	ladder.pass(account.notes.find(({ code }) => code === 'limited-account' || code === 'administrator-account'))
	return { ok: true, value: { ...account, evidence: session.probe.evidence() } }
}

/** A network lists all sites of the account, whichever was asked: only this one's own entry tells what it is here. */
function isAdministrator(sites: XmlRpcValue, { siteUrl, xmlRpcUrl }: DiscoveredSite): boolean {
	const listed = isXmlRpcArray(sites) ? sites.filter(isXmlRpcStruct) : []
	const here = new Set([siteUrl, xmlRpcUrl].map(placeOf))
	here.delete('')
	return listed.some(
		({ isAdmin, url, xmlrpc }) => isAdmin === true && [url, xmlrpc].some((told) => here.has(placeOf(told))),
	)
}

/** Host and path, whatever the scheme; empty for what is no address. */
function placeOf(address: XmlRpcValue | undefined): string {
	const url = URL.parse(asText(address))
	return url === null ? '' : `${url.host}${url.pathname.replace(/\/$/, '')}`
}

type User = { readonly id: number; readonly username: string; readonly name: string; readonly roles: readonly string[] }

function readUser(value: XmlRpcValue): User | undefined {
	if (!isXmlRpcStruct(value)) return undefined
	const { username, display_name: name, roles } = value
	const id = readXmlRpcId(value['user_id'])
	if (typeof username !== 'string' || username === '' || id === undefined) return undefined
	const listed = roles !== undefined && isXmlRpcArray(roles) ? roles : []
	return {
		id,
		username,
		name: asText(name),
		roles: listed.filter((role) => typeof role === 'string').slice(0, 20),
	}
}

/** A role of a plugin's making may do anything; then one harmless question tells whether it may write. */
async function capabilitiesOf(
	roles: readonly string[],
	{ isAdmin, session }: { isAdmin: boolean; session: Session },
): Promise<readonly string[]> {
	const known = (isAdmin ? ['administrator', ...roles] : roles).filter(isDefaultRole)
	if (known.length > 0 || roles.length === 0)
		return [...new Set(known.flatMap((role) => defaultCapabilities[role]))].sort()
	const statuses = await callSignedIn(session, 'wp.getPostStatusList')
	return statuses.kind === 'value' ? ['edit_posts', 'read'] : ['read']
}

function isDefaultRole(role: string): role is WordPressRole {
	return Object.hasOwn(defaultCapabilities, role)
}

const spoken: Note = { code: 'xml-rpc-transport', params: {} }

type Known = { readonly user: User; readonly capabilities: readonly string[]; readonly told: XmlRpcStruct }

function describeAccount({ probe, credential }: Session, known: Known): Omit<VerifiedAccount, 'evidence'> {
	const { user, capabilities, told } = known
	const username = probe.quote(user.username, 60)
	const siteTitle = probe.quote(decodeEntities(readOption(told['blog_title'])))
	const wordpressVersion = /^\d+(?:\.\d+){1,2}/.exec(readOption(told['software_version']))?.[0]
	const account = {
		userId: user.id,
		username,
		displayName: probe.quote(decodeEntities(user.name)) || username,
		roles: user.roles.map((role) => probe.quote(role, 60)),
		permissions: summarizeCapabilities(Object.fromEntries(capabilities.map((capability) => [capability, true]))),
		capabilities,
		postTypes: [],
		taxonomies: [],
		...(siteTitle === '' ? {} : { siteTitle }),
		...(wordpressVersion === undefined ? {} : { wordpressVersion }),
	}
	return { ...account, notes: [spoken, ...notesOfLogin(account, credential.username)] }
}

function readOption(option: XmlRpcValue | undefined): string {
	return option !== undefined && isXmlRpcStruct(option) ? asText(option['value']) : ''
}

type Described = Pick<VerifiedAccount, 'username' | 'roles' | 'permissions'>

function refuseAccount({ username, roles, permissions }: Described, host: string): Trouble | undefined {
	if (roles.length === 0 && permissions.length === 0) return trouble('site-credential/not-a-member', { host, username })
	if (permissions.includes('draft') || permissions.includes('pages')) return undefined
	return trouble('site-credential/role-too-low', { host, username, role: roles[0] ?? '' })
}

function failed({ ladder, session }: Attempt, found: Trouble): { readonly ok: false; readonly diagnosis: Diagnosis } {
	return { ok: false, diagnosis: { ...found, rung: ladder.fail(found), evidence: session.probe.evidence() } }
}
