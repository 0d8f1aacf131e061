import type { ActivityEntry } from '@postern/api/contract'
import { auditText, problemCodes, roles, type Language, type ProblemParams } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../texts/use-language.ts'
import { problemTitle } from './problem-title.ts'

/** Says an activity entry in the person's language: whom it is about, and roles and problems by their names. */
export function useActivitySentence(): (entry: ActivityEntry) => string {
	const { t } = useTranslation('shell')
	const language = useLanguage()
	return (entry) => {
		const named = Object.entries(entry.params).map(([name, value]) => {
			// A connector may be named like a role.
			const role = entry.event.startsWith('member.') ? roles.find((known) => known === value) : undefined
			return [name, role ? t(`roles.${role}`) : withProblemName(name, value, entry.params, language)] as const
		})
		const target = entry.target === null ? {} : { target: entry.target.name }
		return auditText(entry.event, { ...target, ...Object.fromEntries(named) }, language)
	}
}

function withProblemName(name: string, value: string | number, params: ProblemParams, language: Language) {
	const code = name === 'code' ? problemCodes.find((known) => known === value) : undefined
	return code ? problemTitle(code, params, language).replace(/[.。]$/, '') : value
}
