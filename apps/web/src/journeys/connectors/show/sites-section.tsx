import { contract, type ConnectorDocument, type OtherSiteDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { useLanguage } from '../../../texts/use-language.ts'
import { ActionButton } from '../../../ui/buttons.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { takeLostFocus } from '../../../ui/focus-heading.ts'
import { Section } from '../../../ui/page.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { problemTitle } from '../../../ui/problem-title.ts'
import { TextLink } from '../../../ui/router-links.tsx'
import { Badge } from '../../../ui/state-badge.tsx'
import classes from './show.module.css'
import { useAddSites, type Added } from './use-add-sites.ts'

/** "This login also works on N other sites": each, or all, becomes a connector with one click. */
export function SitesSection({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connecting')
	const { id: workspaceId } = useWorkspace()
	const sites = useQuery({
		queryKey: ['connectors', workspaceId, 'other-sites', connector.id],
		queryFn: ({ signal }) => askApi(contract.listOtherSites, { workspaceId, connectorId: connector.id }, signal),
		enabled: false, // the site is asked when somebody wants to know
		retry: false,
	})
	const found = sites.data?.sites
	return (
		<Section
			title={t('sites.title')}
			description={t('sites.body')}
			actions={
				<ActionButton
					leftSection={<Icon name="search" />}
					isBusy={sites.isFetching}
					onClick={() => void sites.refetch()}
				>
					{t('sites.button')}
				</ActionButton>
			}
		>
			<div role="status">
				{sites.isFetching && <p className={classes.quiet}>{t('sites.asking')}</p>}
				{!sites.isFetching && found && (
					<p>{found.length === 0 ? t('sites.none') : t('sites.found', { count: found.length })}</p>
				)}
			</div>
			{sites.error && !sites.isFetching && (
				<ProblemCard problem={sites.error.problem} takesFocus onTryAgain={() => void sites.refetch()} />
			)}
			{found && found.length > 0 && <Sites connector={connector} sites={found} />}
		</Section>
	)
}

type SitesProps = { readonly connector: ConnectorDocument; readonly sites: readonly OtherSiteDocument[] }

function Sites({ connector, sites }: SitesProps) {
	const { t } = useTranslation('connecting')
	const { added, busy, add, addAll, stop } = useAddSites(connector)
	const left = sites.filter(({ url, isConnected }) => !isConnected && added[url]?.state !== 'connected')
	return (
		<>
			<ul className={classes.sites}>
				{sites.map((site) => (
					<li key={site.url}>
						<span className={classes.siteName}>
							<strong>{site.name}</strong>
							<span className={classes.quiet}>{site.url}</span>
						</span>
						<Site site={site} outcome={added[site.url]} isBusy={busy === site.url} onAdd={() => add(site.url)} />
					</li>
				))}
			</ul>
			{left.length > 1 && (
				<p className={classes.siteButtons}>
					<ActionButton
						leftSection={<Icon name="plus" />}
						isBusy={busy !== undefined}
						onClick={() => addAll(left.map(({ url }) => url))}
					>
						{t('sites.addAll', { count: left.length })}
					</ActionButton>
					{busy !== undefined && <ActionButton onClick={stop}>{t('sites.stop')}</ActionButton>}
				</p>
			)}
		</>
	)
}

type SiteProps = {
	readonly site: OtherSiteDocument
	readonly outcome: Added | undefined
	readonly isBusy: boolean
	readonly onAdd: () => void
}

function Site({ site, outcome, isBusy, onAdd }: SiteProps) {
	const { t } = useTranslation('connecting')
	const language = useLanguage()
	if (outcome?.state === 'connected')
		return (
			<TextLink
				ref={takeLostFocus}
				to="/connectors/$connectorId"
				params={{ connectorId: outcome.connector.id }}
				aria-label={`${t('sites.added')} (${site.name})`}
			>
				{t('sites.added')}
			</TextLink>
		)
	if (site.isConnected)
		return (
			<Badge icon="passed" tone="good">
				{t('sites.connected')}
			</Badge>
		)
	return (
		<span className={classes.siteButtons}>
			{outcome?.state === 'failed' && (
				<Badge icon="failed" tone="bad" isLong>
					{problemTitle(outcome.problem.code, outcome.problem.params, language)}
				</Badge>
			)}
			<ActionButton size="xs" isBusy={isBusy} aria-label={t('sites.addLabel', { name: site.name })} onClick={onAdd}>
				{t('sites.add')}
			</ActionButton>
		</span>
	)
}
