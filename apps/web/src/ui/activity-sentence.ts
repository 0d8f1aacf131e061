import type { ActivityEntry } from '@postern/api/contract'
import {
	auditText,
	problemCodes,
	problems,
	problemText,
	roles,
	type Language,
	type ProblemParams,
} from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../texts/use-language.ts'

/** Says an activity entry in the person's language: whom it is about, and roles and problems by their names. */
export function useActivitySentence(): (entry: ActivityEntry) => string {
	const { t } = useTranslation('shell')
	const language = useLanguage()
	return (entry) => {
		const named = Object.entries(entry.params).map(([name, value]) => {
			const role = roles.find((known) => known === value)
			return [name, role ? t(`roles.${role}`) : withProblemName(name, value, entry.params, language)] as const
		})
		const target = entry.target === null ? {} : { target: entry.target.name }
		return auditText(entry.event, { ...target, ...Object.fromEntries(named) }, language)
	}
}

function withProblemName(name: string, value: string | number, params: ProblemParams, language: Language) {
	const code = name === 'code' ? problemCodes.find((known) => known === value) : undefined
	if (!code) return value
	// The log keeps fewer values than the failure had.
	const unknown = Object.fromEntries(problems[code].params.map((param) => [param, '…']))
	return problemText(code, { ...unknown, ...params }, language).title.replace(/[.。]$/, '')
}
