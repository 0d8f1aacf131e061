import {
	fieldText,
	html,
	say,
	type Approval,
	type Controls,
	type Fault,
	type Form,
	type Html,
	type Showing,
} from '@postern/app-passwords/authorize'
import { isOfPostern, problems, problemText, scopeText, type Language, type Problem } from '@postern/vocabulary'
import {
	approveApplication,
	rejectApplication,
	type AnswerPorts,
	type Answering,
} from '../../flows/answer-application.ts'
import { scopesOfferedBy } from '../../flows/offered-scopes.ts'
import type { PosternGrants } from '../../store/application-password/application-password.ts'
import type { Connector } from '../../store/connector/connector.ts'
import { accessFields } from './access-fields.ts'
import { readAskedAccess, type AccessFault, type AskedAccess } from './asked-access.ts'
import { findAskedSite, type AskedSite } from './asked-site.ts'
import type { OfSites } from './offered-access.ts'
import { describeVisitor, type PageVisitor, type Place } from './page-visitor.ts'
import { pageTexts, sayDuration, type PageTexts } from './page-texts.ts'
import { proofFields, readProof } from './proof-fields.ts'
import { connectorFields, expiryField, siteField, workspaceFields } from './reach-fields.ts'
import { readChoice } from './read-choice.ts'

type Shown = Showing<PageVisitor>
type PosternControls = Controls<PageVisitor, PosternGrants>

/** What only Postern has on its authorize page: scopes, connectors, an end, and a proof of who answers. */
export function pageControls(ports: AnswerPorts): PosternControls {
	return {
		async judge(showing) {
			const { site, faults } = await readAsked(showing, ports)
			const all: AccessFault[] = site === 'unknown' ? [...faults, { code: 'connector_unknown' }] : faults
			return all.map((fault) => describeFault(fault, pageTexts[showing.language]))
		},
		show: (showing, again) => showControls(showing, again, ports),
		approve: (showing, approved) => approve(showing, approved, ports),
		async reject(showing) {
			const { site } = await readAsked(showing, ports)
			const place = typeof site === 'object' ? site.place : firstPlace(showing.visitor)
			await rejectApplication(answering(showing, place), ports)
		},
	}
}

type Asked = {
	readonly access: AskedAccess
	readonly faults: AccessFault[]
	readonly site: AskedSite | 'unknown' | undefined
}

async function readAsked({ query, visitor }: Shown, { store }: AnswerPorts): Promise<Asked> {
	const { site: slug } = readAskedAccess(query, []).access
	const site = await findAskedSite(slug, visitor, store)
	const places = typeof site === 'object' ? [site.place] : visitor.places
	const roles = places.map(({ user }) => user.memberRole)
	const { access, faults } = readAskedAccess(query, roles)
	return { access, faults: [...faults], site }
}

function describeFault(fault: AccessFault, { faults, roles }: PageTexts): { text: string; about: string } {
	switch (fault.code) {
		case 'scope_unknown':
			return { text: say(faults.scopeUnknown, fault), about: 'scope: scope_unknown' }
		case 'scope_beyond_role':
			return {
				text: say(faults.scopeBeyond, { ...fault, needed: roles[fault.needed] }),
				about: 'scope: scope_beyond_role',
			}
		case 'duplicate_param':
			return { text: say(faults.duplicate, fault), about: `${fault.parameter}: duplicate_param` }
		case 'connector_unknown':
			return { text: faults.siteUnknown, about: 'connector: connector_unknown' }
		case 'expires_in_format':
			return { text: faults.expiresFormat, about: 'expires_in: expires_in_format' }
	}
}

function firstPlace({ places }: PageVisitor): Place {
	const [first] = places
	if (first === undefined) throw new Error('a visitor of the page belongs to a workspace')
	return first
}

/** The workspace that was chosen; undefined for one that is not the visitor's. */
function placeOf(visitor: PageVisitor, form: Form | undefined): Place | undefined {
	const id = fieldText(form, 'workspace')
	return id === '' ? firstPlace(visitor) : visitor.places.find(({ workspace }) => workspace.id === id)
}

type Again = { readonly form: Form; readonly faults: readonly Fault[] } | undefined

async function showControls(showing: Shown, again: Again, ports: AnswerPorts): Promise<{ facts: Html; fields: Html }> {
	const { visitor, language } = showing
	const texts = pageTexts[language]
	const form = again?.form
	const { access: asked, site } = await readAsked(showing, ports)
	const { place, connectors, sites, only } = await findReach({ visitor, site, form }, ports)
	const { memberRole: role } = place.user
	const facts = html`<dt>${texts.as}</dt>
		<dd>${sayAs(place, texts)}</dd>
		<dt>${texts.asks}</dt>
		<dd>${sayAsked(asked, language)}</dd>
		<dt>${texts.howLong}</dt>
		<dd>${sayHowLong(asked, language)}</dd>`
	const reach = only === undefined ? connectorFields(connectors, form, texts) : siteField(only, texts)
	const fields = html`${only === undefined && workspaceFields(visitor.places, place, texts)}
	${accessFields({ role, asked, sites, form, language, texts })} ${reach}
	${expiryField(asked, { form, language, now: ports.now(), texts })}
	${needsProof(showing, asked, again) && proofFields(visitor.proof.methods, texts, again?.faults.some(isAboutProof) === true)}`
	return { facts, fields }
}

function sayAs({ workspace, user }: Place, { asValue, roles }: PageTexts): string {
	return say(asValue, { username: user.login, workspace: workspace.name, role: roles[user.memberRole] })
}

function sayAsked({ scopes }: AskedAccess, language: Language): Html {
	if (scopes === undefined) return html`${pageTexts[language].asksNothing}`
	return html`<ul>
		${scopes.map((scope) => html`<li>${scopeText(scope, language)}</li>`)}
	</ul>`
}

function sayHowLong({ expiresInSeconds }: AskedAccess, language: Language): string {
	const { howLongAsked, howLongUnsaid } = pageTexts[language]
	return expiresInSeconds === undefined
		? howLongUnsaid
		: say(howLongAsked, { days: sayDuration(expiresInSeconds, language) })
}

const isAboutProof = ({ field }: Fault) => field === 'proof'

/** Always with a second factor; without one for what a session alone may not give away, which shows when it is asked. */
function needsProof({ visitor: { proof, user } }: Shown, { scopes = [] }: AskedAccess, again: Again): boolean {
	if (proof.freshUntil !== undefined) return false
	return user.hasSecondFactor || scopes.some(isOfPostern) || again?.faults.some(isAboutProof) === true
}

const mostConnectors = 200

type Reach = {
	readonly place: Place
	/** Those to choose from. */
	readonly connectors: readonly Connector[]
	/** What they can do, where that is known: of all there are, and there are some. */
	readonly sites: OfSites | undefined
	/** The one connector that it is about. */
	readonly only: Connector | undefined
}

type Choosing = Pick<Asked, 'site'> & { readonly visitor: PageVisitor; readonly form: Form | undefined }

async function findReach({ visitor, site, form }: Choosing, { store }: AnswerPorts): Promise<Reach> {
	if (typeof site === 'object') {
		const { connector, place } = site
		return {
			place,
			connectors: [connector],
			sites: { offered: new Set(scopesOfferedBy(connector)), isOneSite: true },
			only: connector,
		}
	}
	const place = placeOf(visitor, form) ?? firstPlace(visitor)
	const query = { workspaceId: place.workspace.id, sort: 'name', limit: mostConnectors } as const
	const page = await store.connectors.page(query)
	if (!page.ok) throw new Error('the first page of connectors has no cursor to be wrong', { cause: page.problem })
	const { connectors, total } = page.value
	const isKnown = total > 0 && connectors.length === total
	const offered = new Set(connectors.flatMap(scopesOfferedBy))
	return { place, connectors, sites: isKnown ? { offered, isOneSite: false } : undefined, only: undefined }
}

async function approve(
	showing: Shown,
	{ name, form }: { readonly name: string; readonly form: Form },
	ports: AnswerPorts,
): Promise<Approval<PageVisitor, PosternGrants>> {
	const { visitor, asked: request, language } = showing
	const { faults } = pageTexts[language]
	const { access, site } = await readAsked(showing, ports)
	// It went after it was judged: without it, all would be meant.
	if (site === 'unknown') return { ok: false, status: 422, faults: [{ text: faults.siteUnknown }] }
	const chosen = typeof site === 'object' ? site.place : placeOf(visitor, form)
	if (chosen === undefined) return { ok: false, status: 422, faults: [{ text: faults.workspaceUnknown }] }
	const { place, sites, only } = await findReach({ visitor, site, form }, ports)
	const bounds = { role: place.user.memberRole, asked: access, now: ports.now(), sites, connectorId: only?.id }
	const read = readChoice(form, bounds)
	if ('fault' in read) return { ok: false, status: 422, faults: [{ text: faults[read.fault] }] }
	const typed = { ...read.chosen, name, appId: request.appId }
	const proof = visitor.proof.freshUntil === undefined ? readProof(form) : undefined
	const { issued, who } = await approveApplication(answering(showing, place), { typed, proof }, ports)
	if (issued.ok) {
		const { secret, listed } = issued.value
		return { ok: true, issued: { secret, password: listed.password } }
	}
	const accounts = await ports.accounts()
	const now = await describeVisitor(who, visitor.visit, { accounts, store: ports.store })
	const fault = describeProblem(issued.problem, { language, isPassword: visitor.proof.methods.includes('password') })
	const { status } = problems[issued.problem.code]
	return {
		ok: false,
		faults: [fault],
		// 401 would ask for a challenge that no browser should answer here.
		status: status === 401 ? 403 : status,
		visitor: now === 'no-workspace' ? visitor : now,
	}
}

function answering({ visitor: { visit, who }, asked: { successUrl } }: Shown, { workspace, user }: Place): Answering {
	const host = successUrl === undefined ? '–' : successUrl.kind === 'app' ? `${successUrl.scheme}:` : successUrl.host
	return { visit, who, workspaceId: workspace.id, memberId: user.memberId, host }
}

function describeProblem(
	{ code, params }: Problem,
	{ language, isPassword }: { readonly language: Language; readonly isPassword: boolean },
): Fault {
	const { faults } = pageTexts[language]
	if (code === 'account/step-up-required')
		return { text: isPassword ? faults.passwordMissing : faults.proofMissing, field: 'proof' }
	const { title, meaning } = problemText(code, params, language)
	const text = language === 'ja' ? `${title}${meaning}` : `${title} ${meaning}`
	return code.startsWith('account/') ? { text, field: 'proof' } : { text }
}
