import { fieldText, fieldTexts, html, type Form, type Html } from '@postern/app-passwords/authorize'
import { presets, presetText, presetWithin, scopeText, type Language, type Role, type Scope } from '@postern/vocabulary'
import type { AskedAccess } from './asked-access.ts'
import { offerAccess, type AccessChoice, type OfSites } from './offered-access.ts'
import type { PageTexts } from './page-texts.ts'
import { readAccessChoice } from './read-choice.ts'
import { tickBox } from './tick-box.ts'

type Showing = {
	readonly role: Role
	readonly asked: AskedAccess
	readonly sites: OfSites | undefined
	readonly form: Form | undefined
	readonly language: Language
	readonly texts: PageTexts
}

/** What the application may do: one choice, and what each comes to. */
export function accessFields(showing: Showing): Html {
	const { role, asked, sites, form, texts } = showing
	const { choices, preselected, tickable } = offerAccess(role, asked.scopes, sites)
	const chosen = readAccessChoice(form, choices) ?? preselected
	return html`<fieldset>
		<legend>${texts.access}</legend>
		<p class="hint">${asked.scopes === undefined ? texts.accessHintUnasked : texts.accessHint}</p>
		${choices.map((choice) => option(choice, { ...showing, isChosen: choice === chosen, tickable }))}
	</fieldset>`
}

type Option = Showing & { readonly isChosen: boolean; readonly tickable: readonly Scope[] }

function option(choice: AccessChoice, showing: Option): Html {
	const { texts, language, isChosen } = showing
	const { name, meaning } =
		choice === 'asked'
			? { name: texts.asked, meaning: texts.askedMeaning }
			: choice === 'custom'
				? { name: texts.custom, meaning: texts.customMeaning }
				: presetText(choice, language)
	return html`<div class="option">
		<div class="choice">
			<input type="radio" id="access-${choice}" name="access" value="${choice}" ${isChosen && html` checked`} />
			<label for="access-${choice}">${name}<small>${meaning}</small></label>
		</div>
		<div class="within">${choice === 'custom' ? ticks(showing) : whatItComesTo(choice, showing)}</div>
	</div>`
}

function whatItComesTo(choice: Exclude<AccessChoice, 'custom'>, { role, asked, form, language, texts }: Option): Html {
	const scopes = choice === 'asked' ? (asked.scopes ?? []) : presetWithin(role, choice)
	const isAll = scopes.includes('site:everything') || choice === 'everything'
	const confirmation = tickBox({
		id: `confirm-${choice}`,
		name: 'confirm_everything',
		value: '1',
		isTicked: fieldText(form, 'confirm_everything') === '1',
		label: texts.confirmEverything,
	})
	return html`<ul>
			${scopes.map((scope) => html`<li>${scopeText(scope, language)}</li>`)}
		</ul>
		${isAll && confirmation}`
}

/** One by one; at first what would be preselected, so that taking away is all there is to do. */
function ticks({ asked, form, tickable, language }: Option): Html {
	const atFirst: readonly string[] = asked.scopes ?? presets['read-only']
	const ticked = form === undefined ? atFirst : fieldTexts(form, 'scopes')
	return html`${tickable.map((scope) =>
		tickBox({
			id: `scope-${scope}`,
			name: 'scopes[]',
			value: scope,
			isTicked: ticked.includes(scope),
			label: scopeText(scope, language),
		}),
	)}`
}
