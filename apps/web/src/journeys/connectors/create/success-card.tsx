import type { ConnectorDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/icons.tsx'
import { AccountFacts } from '../account-facts.tsx'
import { NoteList } from '../note-list.tsx'
import { PermissionList } from '../permission-list.tsx'
import classes from './create.module.css'

export function SuccessCard({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connectors')
	const { site, account, permissions, notes } = connector
	return (
		<section className={classes.success} aria-labelledby="success-title">
			<h2 id="success-title" className={classes.successTitle}>
				<Icon name="passed" size={22} />
				<span>{t('success.title', { title: site.title || site.host })}</span>
			</h2>
			<h3>{t('success.who')}</h3>
			<AccountFacts account={account} />
			<h3>{t('success.may')}</h3>
			<PermissionList granted={permissions} />
			{notes.length > 0 && (
				<>
					<h3>{t('success.remarks')}</h3>
					<NoteList notes={notes} />
				</>
			)}
		</section>
	)
}
