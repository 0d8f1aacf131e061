import { fieldText, fieldTexts, html, type Form, type Html } from '@postern/app-passwords/authorize'
import type { Language } from '@postern/vocabulary'
import type { Connector } from '../../store/connector/connector.ts'
import type { AskedAccess } from './asked-access.ts'
import { offerExpiries } from './expiries.ts'
import { sayExpiry, type PageTexts } from './page-texts.ts'
import type { Place } from './page-visitor.ts'
import { tickBox } from './tick-box.ts'

/** The workspace, where there is more than one. Without a script the page has to be shown anew for another. */
export function workspaceFields(places: readonly Place[], chosen: Place, texts: PageTexts): Html | undefined {
	if (places.length < 2) return undefined
	return html`<div class="field">
		<label for="workspace">${texts.workspace}</label>
		<div class="copy">
			<select id="workspace" name="workspace">
				${places.map(
					({ workspace }) =>
						html`<option value="${workspace.id}" ${workspace.id === chosen.workspace.id && html` selected`}>
							${workspace.name}
						</option>`,
				)}
			</select>
			<button name="show" value="1" formnovalidate>${texts.useWorkspace}</button>
		</div>
		<p class="hint">${texts.workspaceHint}</p>
	</div>`
}

/** The one site that it is about. */
export function siteField({ name, site }: Pick<Connector, 'name' | 'site'>, texts: PageTexts): Html {
	return html`<div class="field">
		<h2>${texts.connectors}</h2>
		<p><bdi>${name}</bdi> <small>${site.host}</small></p>
		<p class="hint">${texts.onlyThisSite}</p>
	</div>`
}

/** Which of the sites it reaches. */
export function connectorFields(
	connectors: readonly Pick<Connector, 'id' | 'name' | 'site'>[],
	form: Form | undefined,
	texts: PageTexts,
): Html {
	if (connectors.length === 0)
		return html`<div class="field">
			<h2>${texts.connectors}</h2>
			<p class="hint">${texts.noConnectors}</p>
		</div>`
	const isSome = fieldText(form, 'reach') === 'some'
	const ticked = fieldTexts(form, 'connectors')
	const boxes = connectors.map(({ id, name, site }) =>
		tickBox({
			id: `connector-${id}`,
			name: 'connectors[]',
			value: id,
			isTicked: ticked.includes(id),
			label: html`<bdi>${name}</bdi><small>${site.host}</small>`,
		}),
	)
	return html`<fieldset>
		<legend>${texts.connectors}</legend>
		<div class="option">
			<div class="choice">
				<input type="radio" id="reach-all" name="reach" value="all" ${!isSome && html` checked`} /><label
					for="reach-all"
					>${texts.allConnectors}</label
				>
			</div>
		</div>
		<div class="option">
			<div class="choice">
				<input type="radio" id="reach-some" name="reach" value="some" ${isSome && html` checked`} /><label
					for="reach-some"
					>${texts.someConnectors}</label
				>
			</div>
			<div class="within many">${boxes}</div>
		</div>
	</fieldset>`
}

export function expiryField(
	{ expiresInSeconds }: AskedAccess,
	{ form, language, now, texts }: { form: Form | undefined; language: Language; now: Date; texts: PageTexts },
): Html {
	const { expiries, preselected } = offerExpiries(expiresInSeconds)
	const typed = fieldText(form, 'expires')
	const chosen = expiries.find((expiry) => String(expiry) === typed) ?? preselected
	return html`<div class="field">
		<label for="expires">${texts.expiry}</label>
		<select id="expires" name="expires" aria-describedby="expires_hint">
			${expiries.map(
				(expiry) =>
					html`<option value="${expiry}" ${expiry === chosen && html` selected`}>
						${sayExpiry(expiry, { language, now })}
					</option>`,
			)}
		</select>
		<p class="hint" id="expires_hint">${texts.expiryHint}</p>
	</div>`
}
