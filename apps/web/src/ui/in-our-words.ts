import { roles, type ProblemParams } from '@postern/vocabulary'
import i18next from 'i18next'
import { roleNames } from './wordpress-roles.ts'

/** Puts the roles that a problem or a note names into words: `role` is one of WordPress, `needed` one of ours. */
export function inOurWords(params: ProblemParams): ProblemParams {
	const { role, needed } = params
	const own = roles.find((name) => name === needed)
	return {
		...params,
		...(typeof role === 'string' ? { role: roleNames(role === '' ? [] : [role]) } : {}),
		...(own ? { needed: i18next.t(`shell:roles.${own}`) } : {}),
	}
}
