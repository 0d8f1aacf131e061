import { appendOutcome, type AuthorizeRequest, type RedirectUrl } from '@postern/wordpress'
import { fieldText } from './form-fields.ts'
import { html, type Html } from './html.ts'
import type { Fault, Form } from './options.ts'
import type { PageBody } from './page-answer.ts'
import { say, sayWith, type AuthorizeTexts } from './texts.ts'
import { askTitle, describeTarget, shortName } from './who-asks.ts'

/** Sooner than this after the page was shown nobody has read it. */
export const readingMs = 700

export type AskView = {
	readonly asked: AuthorizeRequest
	/** As it arrived. */
	readonly query: string
	readonly texts: AuthorizeTexts
	readonly siteName: string
	/** What the application will be told, without the password. */
	readonly outcome: { readonly site_url: string; readonly user_login: string }
	/** The kept request, and the token that comes back with it. */
	readonly id: string
	readonly token: string
	/** From the embedding server. */
	readonly facts: Html
	readonly fields: Html
	/** As it came back, when the form is shown again. */
	readonly again: { readonly form: Form; readonly faults: readonly Fault[] } | undefined
}

/** The page that asks: who wants what for how long and as whom, and the form that answers. */
export function askView(view: AskView): PageBody {
	const { asked, texts, again, facts, fields, id, token } = view
	const { ask } = texts
	const { successUrl, rejectUrl, appName } = asked
	const main = html`${faultsNotice(again?.faults ?? [], texts)}
		<dl class="facts">
			<dt>${ask.goesTo}</dt>
			<dd>${describeTarget(successUrl, ask)}</dd>
			<dt>${ask.callsItself}</dt>
			<dd>${calledName(appName, ask)}</dd>
			${facts}
		</dl>
		<p class="notice">${warning(asked, ask)}</p>
		<form
			method="post"
			action="authorize-application.php"
			data-arm-ms="${readingMs}"
			data-here="authorize-application.php${view.query !== '' && `?${view.query}`}"
		>
			<input type="hidden" name="action" value="authorize_application_password" />
			<input type="hidden" name="request_id" value="${id}" />
			<input type="hidden" name="_wpnonce" value="${token}" />
			${nameField(view)} ${fields}
			<div class="answers">
				<div>
					<button class="next" name="approve" value="1">${ask.approve}</button>
					<div class="hint">${approveHint(view)}</div>
				</div>
				<div>
					<button name="reject" value="1" formnovalidate>${ask.reject}</button>
					<div class="hint">${rejectHint(view)}</div>
				</div>
			</div>
			<p class="hint" role="status" data-sent="${ask.sent}"></p>
		</form>`
	return {
		title: askTitle(successUrl, ask),
		main,
		leadsTo: [successUrl, rejectUrl].filter((url): url is RedirectUrl => url !== undefined),
	}
}

function warning({ successUrl }: AuthorizeRequest, ask: AuthorizeTexts['ask']): string {
	if (successUrl === undefined) return ask.warningNone
	const { kind, host } = successUrl
	return kind === 'https' || kind === 'http' ? say(ask.warning, { who: host }) : ask.warningDevice
}

function calledName(appName: string, ask: AuthorizeTexts['ask']): Html {
	if (appName === '') return html`${ask.nameless}`
	return html`<bdi>${appName}</bdi><small>${ask.selfDeclared}</small>`
}

function faultsNotice(faults: readonly Fault[], texts: AuthorizeTexts): Html | undefined {
	if (faults.length === 0) return undefined
	return html`<div class="notice bad" role="alert" tabindex="-1" data-focus>
		<h2>${texts.faultsTitle}</h2>
		<ul id="faults">
			${faults.map(({ text }) => html`<li>${text}</li>`)}
		</ul>
	</div>`
}

function nameField({ asked, texts, again }: AskView): Html {
	const name = again === undefined ? asked.appName : fieldText(again.form, 'app_name')
	const isFaulty = again?.faults.some(({ field }) => field === 'app_name') === true
	return html`<div class="field">
		<label for="app_name">${texts.ask.name}</label>
		<input
			id="app_name"
			name="app_name"
			value="${name}"
			required
			maxlength="100"
			autocomplete="off"
			aria-describedby="${isFaulty ? 'faults ' : ''}app_name_hint"
			${isFaulty && html` aria-invalid="true"`}
		/>
		<p class="hint" id="app_name_hint">${texts.ask.nameHint}</p>
	</div>`
}

function approveHint({ asked: { successUrl }, texts: { ask }, outcome }: AskView): Html {
	if (successUrl === undefined) return html`${ask.approveShows}`
	const preview = appendOutcome(successUrl.url, { ...outcome, password: masked })
	return html`${ask.approveGoesTo} <code>${preview.replace(encodedMask, masked)}</code>`
}

const masked = '••••'
const encodedMask = encodeURIComponent(masked)

function rejectHint({ asked: { successUrl, rejectUrl }, texts: { ask }, siteName }: AskView): Html {
	const target = rejectUrl ?? successUrl
	if (target === undefined) return html`${say(ask.rejectDashboard, { site: siteName })}`
	return sayWith(ask.rejectGoesTo, { target: html`<b>${shortName(target, ask)}</b>` })
}
