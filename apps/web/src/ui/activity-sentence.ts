import type { ActivityEntry } from '@postern/api/contract'
import { auditText, problemCodes, roles, type Language, type ProblemParams } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../texts/use-language.ts'
import { problemTitle } from './problem-title.ts'

/** WordPress' codes, and ours beside them, of a login with an application password. */
const refusals = [
	'incorrect_password',
	'application_password_expired',
	'application_password_address',
	'application_password_rate',
	'invalid_application_credentials',
	'application_passwords_disabled',
	'application_passwords_disabled_for_user',
	'too_many_attempts',
] as const

/** Says an activity entry in the person's language: whom it is about, and roles and problems by their names. */
export function useActivitySentence(): (entry: ActivityEntry) => string {
	const { t } = useTranslation('shell')
	const language = useLanguage()
	return (entry) => {
		const named = Object.entries(entry.params).map(([name, value]) => {
			// A connector may be named like a role.
			const role = entry.event.startsWith('member.') ? roles.find((known) => known === value) : undefined
			if (role) return [name, t(`roles.${role}`)] as const
			const refusal = name === 'code' ? refusals.find((known) => known === value) : undefined
			if (refusal) return [name, t(`refusals.${refusal}`)] as const
			return [name, withProblemName(name, value, { ...siteOf(entry), ...entry.params }, language)] as const
		})
		const target = entry.target === null ? {} : { target: entry.target.name }
		return auditText(entry.event, { ...target, ...Object.fromEntries(named) }, language)
	}
}

/** What is said of a connector tells no address beside its name. */
function siteOf({ event, target }: ActivityEntry): ProblemParams {
	return event.startsWith('connector.') && target !== null ? { host: target.name } : {}
}

function withProblemName(name: string, value: string | number, params: ProblemParams, language: Language) {
	const code = name === 'code' ? problemCodes.find((known) => known === value) : undefined
	return code ? problemTitle(code, params, language).replace(/[.。]$/, '') : value
}
