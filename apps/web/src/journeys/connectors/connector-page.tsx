import type { ConnectorDocument, ConnectorTypeDocument as Type } from '@postern/api/contract'
import { hasRole, type ConnectorState } from '@postern/vocabulary'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { joinSentences } from '../../ui/join-sentences.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { AccountFacts } from './account-facts.tsx'
import { BackLink } from '../../ui/back-link.tsx'
import { Callout } from '../../ui/callout.tsx'
import { connectorQuery } from './connector-queries.ts'
import { NoteList } from './note-list.tsx'
import { PermissionList } from './permission-list.tsx'
import { CheckSection } from './show/check-section.tsx'
import { ConnectorButtons } from './show/connector-buttons.tsx'
import { DraftSection } from './show/draft-section.tsx'
import { HealthSection } from './show/health-section.tsx'
import { PasswordSection } from './show/password-section.tsx'
import { PostsSection } from './show/posts-section.tsx'
import { ReachSection } from './show/reach-section.tsx'
import classes from './show/show.module.css'
import { SiteSection } from './show/site-section.tsx'
import { SitesSection } from './show/sites-section.tsx'
import { HowToUse } from './show/use/how-to-use.tsx'
import { useConnectorType } from './use-connector-type.ts'

/** Then something else is the next step. */
const waitsForSomebody: readonly ConnectorState[] = ['paused', 'needs-attention']

const route = getRouteApi('/shell/connectors/$connectorId')

/** One connector: whether it works, what it leads to, and what can be read through it right now. */
export function ConnectorPage() {
	const { t } = useTranslation('connectors')
	const { connectorId } = route.useParams()
	const { id: workspaceId, role } = useWorkspace()
	const { data: connector, error, refetch } = useQuery(connectorQuery(workspaceId, connectorId))
	const type = useConnectorType(connector?.type ?? '')
	const back = <BackLink to="/connectors">{t('page.back')}</BackLink>
	if (!connector)
		return (
			<Page key="none" title={t('title')} before={back}>
				{error ? (
					<ProblemCard problem={error.problem} onTryAgain={() => void refetch()} />
				) : (
					<Loading>{t('page.loading')}</Loading>
				)}
			</Page>
		)
	const isEditor = hasRole(role, 'editor')
	return (
		<Page
			key={connector.id}
			title={connector.name}
			before={back}
			actions={isEditor && <ConnectorButtons connector={connector} />}
		>
			{connector.state === 'paused' && <PausedCallout isAdmin={hasRole(role, 'admin')} />}
			<CheckSection connector={connector} isEditor={isEditor} />
			<HealthSection connector={connector} />
			{type?.can.gateway && <HowToUse connector={connector} isNext={!waitsForSomebody.includes(connector.state)} />}
			{type?.can.posts && <PostsSection connector={connector} />}
			<div className={classes.pair}>
				<Section title={t('page.account')}>
					<AccountFacts account={connector.account} />
					<h3 className={classes.subtitle}>{t('success.may')}</h3>
					<PermissionList granted={connector.permissions} />
				</Section>
				<SiteSection connector={connector} />
				<PasswordSection connector={connector} type={type} isEditor={isEditor} />
				<ReachSection connector={connector} />
				{isEditor && <Tools connector={connector} type={type} />}
			</div>
			{connector.notes.length > 0 && (
				<Section title={t('page.remarks')}>
					<NoteList notes={connector.notes} />
				</Section>
			)}
		</Page>
	)
}

/** What only somebody who may use the login starts, and only while it works. */
function Tools({ connector, type }: { readonly connector: ConnectorDocument; readonly type: Type | undefined }) {
	if (type === undefined || connector.state === 'paused' || connector.diagnosis !== null) return null
	const { tryDraft, listSites } = type.can
	return (
		<>
			{tryDraft && <DraftSection connector={connector} />}
			{listSites && <SitesSection connector={connector} />}
		</>
	)
}

function PausedCallout({ isAdmin }: { readonly isAdmin: boolean }) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const sentences = [t('page.pausedBody'), ...(isAdmin ? [] : [t('page.pausedAsk')])]
	return (
		<Callout icon="pause" title={t('page.pausedTitle')}>
			{joinSentences(sentences, language)}
		</Callout>
	)
}
