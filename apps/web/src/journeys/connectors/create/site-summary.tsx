import type { ConnectorTypeDocument, SiteDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/icons.tsx'
import { Badge } from '../../../ui/state-badge.tsx'
import { NoteList } from '../note-list.tsx'
import classes from './create.module.css'

type SiteSummaryProps = { readonly site: SiteDocument; readonly type: ConnectorTypeDocument }

/** What the address turned out to be. */
export function SiteSummary({ site, type }: SiteSummaryProps) {
	const { t } = useTranslation('connectors')
	const isCorrected = site.notes.some(({ code }) => code === 'address-corrected' || code === 'https-used')
	return (
		<div className={classes.site}>
			<p className={classes.siteTitle}>
				<Badge icon="passed" tone="good">
					{t('site.found', { platform: type.platform })}
				</Badge>
				<strong>{site.title || t('site.untitled')}</strong>
			</p>
			<p className={classes.siteFacts}>
				<span>
					{t('site.address')}: <b>{site.url}</b>
					{isCorrected && ` (${t('site.corrected')})`}
				</span>
				{hasApplicationPasswords(type) && (
					<span className={classes.siteFact}>
						{site.applicationPasswords === 'on' && <Icon name="check" size={15} />}
						{t('site.applicationPasswords')}: {t(`site.${site.applicationPasswords}`)}
					</span>
				)}
				{site.version && <span>{t('site.version', { platform: type.platform, version: site.version })}</span>}
			</p>
			<NoteList notes={site.notes} />
		</div>
	)
}

function hasApplicationPasswords({ fields }: ConnectorTypeDocument): boolean {
	return fields.some(({ shape }) => shape === 'wordpress-application-password')
}
