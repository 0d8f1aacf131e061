import { appendOutcome, sanitizeApplicationName } from '@postern/wordpress'
import { readBody } from '../http/body.ts'
import { readPairs } from '../http/parameters.ts'
import type { WireAnswer, WireRequest } from '../http/wire.ts'
import type { Grants, User } from '../types.ts'
import { admitRequest } from './admit-request.ts'
import { readingMs } from './ask-view.ts'
import type { KeptRequest } from './authorize-requests.ts'
import { fieldText } from './form-fields.ts'
import { isShownTo } from './form-token.ts'
import type { Form, Showing, Visitor } from './options.ts'
import { passwordView } from './other-views.ts'
import { redirectAnswer } from './page-answer.ts'
import { showRequest } from './show-request.ts'
import type { Stage } from './stage.ts'
import type { PageLanguage } from './texts.ts'

type Came<V> = {
	readonly request: WireRequest
	readonly form: Form
	readonly visitor: V
	readonly language: PageLanguage
}

const formLimitBytes = 64 * 1024

/** Reads the form that came back; gives the answer instead where there is none to be read. */
export async function readForm(
	request: WireRequest,
): Promise<{ readonly form: Form } | { readonly refusal: 'body' | 'tooLarge' }> {
	const bytes = await request.body(formLimitBytes)
	if (bytes === undefined) return { refusal: 'tooLarge' }
	const read = await readBody(bytes, request.header('content-type'))
	return typeof read === 'object' && read.kind === 'form' ? { form: read.parameters } : { refusal: 'body' }
}

/** Does what the button says, if the form is the one that was shown and all that was judged then still holds. */
export async function answerForm<U extends User, V extends Visitor<U>, G extends Grants>(
	stage: Stage<U, V, G>,
	came: Came<V>,
): Promise<WireAnswer> {
	const { request, form, visitor, language } = came
	const [id, token] = [fieldText(form, 'request_id'), fieldText(form, '_wpnonce')]
	if (id === '' || token === '') return stage.refuse(403, 'form', language)
	const kept = await stage.requests.find(id)
	if (kept === undefined) return stage.refuse(409, 'gone', language)
	if (!isShownTo(visitor, kept, token)) return stage.refuse(403, 'form', language)
	if (isChanged(came, kept)) return stage.refuse(400, 'changed', language)
	const { query } = kept
	const admitted = await admitRequest(stage, { query, visitor, language, request })
	if (!admitted.ok) return admitted.answer
	const { showing } = admitted
	const isApproval = form.has('approve') && !form.has('reject')
	const early = isApproval && stage.now().getTime() - kept.shownAt.getTime() < readingMs
	const name = sanitizeApplicationName(fieldText(form, 'app_name'))
	// Each page that was shown counts once, whatever comes of it; what is shown again has an id of its own.
	if (!(await stage.requests.take(id))) return stage.refuse(409, 'gone', language)
	if (form.has('reject')) return reject(stage, showing)
	const texts = stage.textsIn(language)
	const showAgain = (status: number, ...faults: readonly { text: string; field?: string }[]) =>
		showRequest(stage, { query, showing, status, again: { form, faults } })
	if (!isApproval) return showAgain(200)
	if (early) return showAgain(409, { text: texts.ask.notYet })
	if (name === '') return showAgain(200, { text: texts.faults.empty, field: 'app_name' })
	return approve(stage, { showing, form, name, query })
}

/** What the application asked for is kept here; a form that says otherwise was tampered with. */
function isChanged<V>({ request, form }: Came<V>, kept: KeptRequest): boolean {
	// As it was read when it was shown: what is odd about it and means nothing keeps nobody from answering.
	const asked = new URLSearchParams(kept.query)
	const mark = request.target.indexOf('?')
	const inAddress = readPairs(mark === -1 ? '' : request.target.slice(mark + 1))
	if (typeof inAddress === 'string') return true
	return ['success_url', 'reject_url', 'app_id', 'scope', 'expires_in'].some((name) =>
		[form, inAddress].some((said) => said.has(name) && said.get(name) !== (asked.get(name) ?? '')),
	)
}

async function reject<U extends User, V extends Visitor<U>, G extends Grants>(
	{ controls, dashboardUrl }: Stage<U, V, G>,
	showing: Showing<V>,
): Promise<WireAnswer> {
	await controls.reject?.(showing)
	const { successUrl, rejectUrl } = showing.asked
	if (rejectUrl !== undefined) return redirectAnswer(303, rejectUrl.url)
	if (successUrl !== undefined) return redirectAnswer(303, appendOutcome(successUrl.url, { success: 'false' }))
	return redirectAnswer(303, dashboardUrl)
}

type Approved<V> = {
	readonly showing: Showing<V>
	readonly form: Form
	readonly name: string
	readonly query: string
}

async function approve<U extends User, V extends Visitor<U>, G extends Grants>(
	stage: Stage<U, V, G>,
	{ showing, form, name, query }: Approved<V>,
): Promise<WireAnswer> {
	const { successUrl } = showing.asked
	// Before there is a password: nobody would ever see it if this failed.
	const site_url = successUrl === undefined ? '' : await stage.siteUrlFor(showing)
	const approval = await stage.controls.approve(showing, { name, form })
	if (!approval.ok) {
		const { faults, status = 200, visitor = showing.visitor } = approval
		return showRequest(stage, { query, showing: { ...showing, visitor }, status, again: { form, faults } })
	}
	const { secret, password } = approval.issued
	if (successUrl === undefined) {
		const { language } = showing
		const view = { name: password.name, secret, dashboardUrl: stage.dashboardUrl }
		return stage.page(200, passwordView(view, stage.textsIn(language)), language)
	}
	const user_login = showing.visitor.user.login
	return redirectAnswer(303, appendOutcome(successUrl.url, { site_url, user_login, password: secret.reveal() }))
}
