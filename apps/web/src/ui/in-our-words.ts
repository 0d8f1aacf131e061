import { roles, type ProblemParams } from '@postern/vocabulary'
import i18next from 'i18next'
import { currentLanguage } from '../texts/language.ts'
import { dateAndTime } from './format-time.ts'
import { roleNames } from './wordpress-roles.ts'

/** The values that are a point in time, as ISO 8601; empty where it is not known. */
const times = ['retryAt', 'expiredAt'] as const

/**
 * Puts the roles and times that a problem or a note names into words: `role` is one of WordPress, `needed` one of ours.
 */
export function inOurWords(params: ProblemParams): ProblemParams {
	const { role, needed } = params
	const own = roles.find((name) => name === needed)
	return {
		...params,
		...(typeof role === 'string' ? { role: roleNames(role === '' ? [] : [role]) } : {}),
		...Object.fromEntries(times.flatMap((name) => timeIn(params, name))),
		...(own ? { needed: i18next.t(`shell:roles.${own}`) } : {}),
	}
}

function timeIn(params: ProblemParams, name: (typeof times)[number]): (readonly [string, string])[] {
	const at = params[name]
	if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return []
	return [[name, dateAndTime(at, currentLanguage())]]
}
