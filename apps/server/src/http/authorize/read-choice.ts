import { fieldText, fieldTexts, type Form } from '@postern/app-passwords/authorize'
import { isScope, type Role } from '@postern/vocabulary'
import type { TypedPassword } from '../../flows/wanted-password.ts'
import type { AskedAccess } from './asked-access.ts'
import { offerExpiries } from './expiries.ts'
import { offerAccess, type AccessChoice, type OfSites } from './offered-access.ts'

/** Keys of the sentences that say what is wrong. */
export type ChoiceFault =
	| 'accessUnknown'
	| 'nothingChosen'
	| 'notAsked'
	| 'noConnectorChosen'
	| 'expiryUnknown'
	| 'everythingUnconfirmed'

export type Chosen = Pick<TypedPassword, 'preset' | 'scopes' | 'connectors' | 'expiresAt' | 'confirmEverything'>

type Bounds = {
	readonly role: Role
	readonly asked: AskedAccess
	readonly now: Date
	readonly sites?: OfSites | undefined
	/** The one connector that it is about; then there is no choice. */
	readonly connectorId?: string | undefined
}

/**
 * Reads what the person chose; nothing but what was offered counts. A field that is not there at all – a form of WordPress' own –
 * stands for what was preselected.
 */
export function readChoice(form: Form, bounds: Bounds): { readonly chosen: Chosen } | { readonly fault: ChoiceFault } {
	const access = readAccess(form, bounds)
	if (typeof access === 'string') return { fault: access }
	const connectors = readReach(form, bounds)
	if (connectors.length === 0) return { fault: 'noConnectorChosen' }
	const expiresAt = readExpiry(form, bounds)
	if (expiresAt === undefined) return { fault: 'expiryUnknown' }
	return { chosen: { ...access, connectors, expiresAt } }
}

function readReach(form: Form, { connectorId }: Bounds): 'all' | readonly string[] {
	if (connectorId !== undefined) return [connectorId]
	return fieldText(form, 'reach') === 'some' ? fieldTexts(form, 'connectors') : 'all'
}

export function readAccessChoice(form: Form | undefined, offered: readonly AccessChoice[]): AccessChoice | undefined {
	const typed = fieldText(form, 'access')
	return offered.find((choice) => choice === typed)
}

function readAccess(
	form: Form,
	{ role, asked, sites }: Bounds,
): Pick<Chosen, 'preset' | 'scopes' | 'confirmEverything'> | ChoiceFault {
	const offered = offerAccess(role, asked.scopes, sites)
	const choice = form.has('access') ? readAccessChoice(form, offered.choices) : offered.preselected
	const confirmEverything = fieldText(form, 'confirm_everything') === '1'
	if (choice === undefined) return 'accessUnknown'
	if (choice === 'custom') {
		const ticked = fieldTexts(form, 'scopes')
		if (ticked.length === 0) return 'nothingChosen'
		const isOffered = ticked.every((scope) => isScope(scope) && offered.tickable.includes(scope))
		return isOffered ? { preset: null, scopes: ticked } : 'notAsked'
	}
	const isAll = choice === 'everything' || (choice === 'asked' && asked.scopes?.includes('site:everything') === true)
	if (isAll && !confirmEverything) return 'everythingUnconfirmed'
	return choice === 'asked'
		? { preset: null, scopes: asked.scopes ?? [], confirmEverything }
		: { preset: choice, confirmEverything }
}

/** Null: never; undefined: not one that was offered. */
function readExpiry(form: Form, { asked, now }: Bounds): string | null | undefined {
	const { expiries, preselected } = offerExpiries(asked.expiresInSeconds)
	const typed = fieldText(form, 'expires')
	const chosen = form.has('expires') ? expiries.find((expiry) => String(expiry) === typed) : preselected
	if (chosen === undefined) return undefined
	return chosen === 'never' ? null : new Date(now.getTime() + chosen * 1000).toISOString()
}
