import { permissions, type Permission } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { Icon } from '../../ui/icons.tsx'
import classes from './permission-list.module.css'

/** What the account may do on the site, and in one sentence what it may not. */
export function PermissionList({ granted }: { readonly granted: readonly Permission[] }) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const names = (wanted: (permission: Permission) => boolean) =>
		permissions.filter(wanted).map((permission) => t(`permissions.${permission}`))
	const refused = names((permission) => !granted.includes(permission))
	const list = new Intl.ListFormat(language, { type: 'unit' }).format(refused)
	return (
		<>
			<ul className={classes.permissions}>
				{names((permission) => granted.includes(permission)).map((name) => (
					<li key={name}>
						<Icon name="check" size={16} />
						<span>{name}</span>
					</li>
				))}
			</ul>
			{refused.length > 0 && <p className={classes.refused}>{t('success.mayNot', { list })}</p>}
		</>
	)
}
