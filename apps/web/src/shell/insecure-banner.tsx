import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { statusQuery } from '../api/session.ts'
import { Icon } from '../ui/icons.tsx'
import classes from './shell.module.css'

/** Says on every page that passwords travel in the open. */
export function InsecureBanner() {
	const { t } = useTranslation('shell')
	const status = useQuery(statusQuery)
	if (!status.data?.isInsecure) return null
	return (
		<aside className={classes.insecure} aria-label={t('insecure.title')}>
			<Icon name="warning" size={20} />
			<p>
				<strong>{t('insecure.title')}</strong> {t('insecure.body')}
			</p>
		</aside>
	)
}
