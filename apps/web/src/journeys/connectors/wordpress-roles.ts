import type { TFunction } from 'i18next'
import { currentLanguage } from '../../texts/language.ts'

/** WordPress' own roles; plugins add others, which are shown as the site names them. */
const ownRoles = ['administrator', 'editor', 'author', 'contributor', 'subscriber'] as const

export function roleNames(roles: readonly string[], t: TFunction<'connectors'>): string {
	if (roles.length === 0) return t('noRole')
	const names = roles.map((role) => {
		const own = ownRoles.find((name) => name === role)
		return own ? t(`wordpressRoles.${own}`) : role
	})
	return new Intl.ListFormat(currentLanguage(), { type: 'conjunction' }).format(names)
}
