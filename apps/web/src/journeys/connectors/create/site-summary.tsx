import type { SiteDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/icons.tsx'
import { Badge } from '../../../ui/state-badge.tsx'
import { NoteList } from '../note-list.tsx'
import classes from './create.module.css'

/** What the address turned out to be. */
export function SiteSummary({ site }: { readonly site: SiteDocument }) {
	const { t } = useTranslation('connectors')
	const isCorrected = site.notes.some(({ code }) => code === 'address-corrected' || code === 'https-used')
	return (
		<div className={classes.site}>
			<p className={classes.siteTitle}>
				<Badge icon="passed" tone="good">
					{t('site.found')}
				</Badge>
				<strong>{site.title || t('site.untitled')}</strong>
			</p>
			<p className={classes.siteFacts}>
				<span>
					{t('site.address')}: <b>{site.url}</b>
					{isCorrected && ` (${t('site.corrected')})`}
				</span>
				<span className={classes.siteFact}>
					{site.applicationPasswords === 'on' && <Icon name="check" size={15} />}
					{t('site.applicationPasswords')}: {t(`site.${site.applicationPasswords}`)}
				</span>
				{site.wordpressVersion && <span>{t('site.version', { version: site.wordpressVersion })}</span>}
			</p>
			<NoteList notes={site.notes} />
		</div>
	)
}
