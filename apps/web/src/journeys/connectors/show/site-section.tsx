import type { ConnectorDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { ExternalLink } from '../../../ui/external-link.tsx'
import { dateOf } from '../../../ui/format-time.ts'
import { Section } from '../../../ui/page.tsx'
import { connectorTypesQuery } from '../connector-queries.ts'
import { Facts } from '../../../ui/facts.tsx'

/** The site behind the connector, and the credential that is kept for it. */
export function SiteSection({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const types = useQuery(connectorTypesQuery)
	const { site, applicationPassword } = connector
	const passwordName = applicationPassword.name
	return (
		<Section title={t('page.site')}>
			<Facts
				facts={[
					[t('page.siteTitle'), site.title || t('site.untitled')],
					[
						t('page.siteAddress'),
						<ExternalLink key="url" href={site.url}>
							{site.url}
						</ExternalLink>,
					],
					[t('page.api'), t(`page.apiStyles.${site.apiStyle}`)],
					[t('page.wordpressVersion'), site.wordpressVersion ?? t('page.versionHidden')],
					[t('page.type'), types.data?.find(({ id }) => id === connector.type)?.name ?? connector.type],
					[t('page.created'), dateOf(connector.createdAt, language)],
					[
						t('page.applicationPassword'),
						passwordName ? t('page.passwordNamed', { name: passwordName }) : t('page.passwordSaved'),
					],
					[
						t('page.admin'),
						<ExternalLink key="admin" href={site.adminUrl}>
							{t('deleteDialog.open', { host: site.host })}
						</ExternalLink>,
					],
				]}
			/>
		</Section>
	)
}
