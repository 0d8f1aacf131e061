import { permissions, type Permission } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../../ui/icons.tsx'
import classes from './permission-list.module.css'

/** What the account may do on the site, and what it may not. */
export function PermissionList({ granted }: { readonly granted: readonly Permission[] }) {
	const { t } = useTranslation('connectors')
	const refused = permissions.filter((permission) => !granted.includes(permission))
	return (
		<>
			<Names permissions={permissions.filter((permission) => granted.includes(permission))} icon="check" />
			{refused.length > 0 && (
				<div className={classes.refused}>
					<p>{t('success.mayNot')}</p>
					<Names permissions={refused} icon="skipped" />
				</div>
			)}
		</>
	)
}

type NamesProps = { readonly permissions: readonly Permission[]; readonly icon: IconName }

function Names({ permissions: shown, icon }: NamesProps) {
	const { t } = useTranslation('connectors')
	return (
		<ul className={classes.permissions}>
			{shown.map((permission) => (
				<li key={permission}>
					<Icon name={icon} size={16} />
					<span>{t(`permissions.${permission}`)}</span>
				</li>
			))}
		</ul>
	)
}
