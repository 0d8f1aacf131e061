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
import type { PosternGrants } from '../../store/application-password/application-password.ts'
import { accessFields } from './access-fields.ts'
import { readAskedAccess, type AccessFault, type AskedAccess } from './asked-access.ts'
import { describeVisitor, type PageVisitor, type Place } from './page-visitor.ts'
import { pageTexts, sayDuration, type PageTexts } from './page-texts.ts'
import { proofFields, readProof } from './proof-fields.ts'
import { connectorFields, expiryField, workspaceFields } from './reach-fields.ts'
import { readChoice } from './read-choice.ts'

type Shown = Showing<PageVisitor>
type PosternControls = Controls<PageVisitor, PosternGrants>

/** What only Postern has on its authorize page: scopes, connectors, an end, and a proof of who answers. */
export function pageControls(ports: AnswerPorts): PosternControls {
	return {
		judge(showing) {
			const { faults } = askedOf(showing)
			return faults.map((fault) => describeFault(fault, pageTexts[showing.language]))
		},
		show: (showing, again) => showControls(showing, again, ports),
		approve: (showing, approved) => approve(showing, approved, ports),
		async reject(showing) {
			await rejectApplication(answering(showing, firstPlace(showing.visitor)), ports)
		},
	}
}

function askedOf({ query, visitor: { places } }: Shown): ReturnType<typeof readAskedAccess> {
	return readAskedAccess(
		query,
		places.map(({ user }) => user.memberRole),
	)
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
			return { text: say(faults.duplicate, fault), about: 'expires_in: duplicate_param' }
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
	const asked = askedOf(showing).access
	const place = placeOf(visitor, again?.form) ?? firstPlace(visitor)
	const form = again?.form
	const { memberRole: role } = place.user
	const connectors = await listConnectors(place, ports)
	const facts = html`<dt>${texts.as}</dt>
		<dd>${sayAs(place, texts)}</dd>
		<dt>${texts.asks}</dt>
		<dd>${sayAsked(asked, language)}</dd>
		<dt>${texts.howLong}</dt>
		<dd>${sayHowLong(asked, language)}</dd>`
	const fields = html`${workspaceFields(visitor.places, place, texts)}
	${accessFields({ role, asked, form, language, texts })} ${connectorFields(connectors, form, texts)}
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

async function listConnectors({ workspace }: Place, { store }: AnswerPorts) {
	const query = { workspaceId: workspace.id, sort: 'name', limit: mostConnectors } as const
	const page = await store.connectors.page(query)
	if (!page.ok) throw new Error('the first page of connectors has no cursor to be wrong', { cause: page.problem })
	return page.value.connectors
}

async function approve(
	showing: Shown,
	{ name, form }: { readonly name: string; readonly form: Form },
	ports: AnswerPorts,
): Promise<Approval<PageVisitor, PosternGrants>> {
	const { visitor, asked: request, language } = showing
	const { faults } = pageTexts[language]
	const place = placeOf(visitor, form)
	if (place === undefined) return { ok: false, status: 422, faults: [{ text: faults.workspaceUnknown }] }
	const read = readChoice(form, { role: place.user.memberRole, asked: askedOf(showing).access, now: ports.now() })
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
