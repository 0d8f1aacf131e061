import { roles } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/page.tsx'
import classes from './users.module.css'

/** Each role in a line. */
export function RoleMeanings() {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	return (
		<Section title={t('roles.title')}>
			<dl className={classes.roles}>
				{roles.map((role) => (
					<div key={role}>
						<dt>{shell(`roles.${role}`)}</dt>
						<dd>{shell(`rolesMean.${role}`)}</dd>
					</div>
				))}
			</dl>
		</Section>
	)
}
