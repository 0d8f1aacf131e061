import type { ConnectorDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { ExternalLink } from '../../../ui/external-link.tsx'
import { dateOf } from '../../../ui/format-time.ts'
import { Section } from '../../../ui/page.tsx'
import { useConnectorType, useSecretName } from '../use-connector-type.ts'
import { Facts } from '../../../ui/facts.tsx'

/** The site behind the connector, and the credential that is kept for it. */
export function SiteSection({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const type = useConnectorType(connector.type)
	const { site, applicationPassword } = connector
	const passwordName = applicationPassword.name
	const secret = useSecretName(connector.type)
	const platform = type?.platform ?? ''
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
					[t('page.api'), isUsual(site) ? t(`page.apiStyles.${site.apiStyle}`) : site.apiRoot],
					[t('page.version', { platform }), site.version ?? t('page.versionHidden')],
					[t('page.type'), type?.name ?? connector.type],
					[t('page.created'), dateOf(connector.createdAt, language)],
					[secret, passwordName ? t('page.passwordNamed', { name: passwordName }) : t('page.passwordSaved')],
					[
						t(type?.guide === null ? 'page.admin' : 'page.adminArea', { platform }),
						<ExternalLink key="admin" href={site.adminUrl}>
							{type?.guide === null ? t('deleteDialog.open', { host: site.host }) : site.adminUrl}
						</ExternalLink>,
					],
				]}
			/>
		</Section>
	)
}

/** Where WordPress keeps it unless it is told otherwise. */
function isUsual({ apiRoot, apiStyle }: ConnectorDocument['site']): boolean {
	return apiStyle === 'query' || apiRoot.endsWith('/wp-json/')
}
