import { hasRole } from '@postern/vocabulary'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { announce } from '../../ui/announcer.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { BackLink } from '../../ui/back-link.tsx'
import {
	connectorQuery,
	connectorTypesQuery,
	keepConnector,
	latestApprovalQuery,
	refreshLists,
} from './connector-queries.ts'
import { refusalOf } from './create/refusal-of.ts'
import { namesOf } from './create/names-of.ts'
import { CredentialForm } from './create/credential-form.tsx'

const route = getRouteApi('/shell/connectors/$connectorId/reconnect')

/** Another application password for a connector that exists: its id, name and website stay. */
export function ReconnectPage() {
	const { t } = useTranslation('connectors')
	const { connectorId } = route.useParams()
	const { approval } = route.useSearch()
	const { id: workspaceId, role } = useWorkspace()
	const navigate = route.useNavigate()
	const queryClient = useQueryClient()
	const language = useLanguage()
	const types = useQuery(connectorTypesQuery)
	const connector = useQuery(connectorQuery(workspaceId, connectorId))
	const latest = useQuery({ ...latestApprovalQuery(workspaceId), enabled: approval !== undefined })
	if (!hasRole(role, 'editor')) return <Navigate to="/connectors/$connectorId" params={{ connectorId }} replace />
	const error = types.error ?? connector.error
	if (error)
		return (
			<Page title={t('reconnect.documentTitle')}>
				<ProblemCard problem={error.problem} onTryAgain={() => void connector.refetch()} />
			</Page>
		)
	const type = types.data?.find(({ id }) => id === connector.data?.type)
	if (!connector.data || !type || latest.isLoading) return <Loading />
	const { name } = connector.data
	return (
		<Page
			title={t('reconnect.title', { name })}
			before={
				<BackLink to="/connectors/$connectorId" params={{ connectorId }}>
					{name}
				</BackLink>
			}
			description={t('reconnect.intro', { secret: namesOf(type.fields, ['secret'], language) })}
		>
			<CredentialForm
				type={type}
				connector={connector.data}
				refusedApproval={approval === undefined ? undefined : refusalOf(approval, latest.data)}
				onVerified={(verified) => {
					keepConnector(queryClient, workspaceId, verified)
					void refreshLists(queryClient, workspaceId)
					void navigate({ to: '/connectors/$connectorId', params: { connectorId }, replace: true })
					announce(t('reconnect.done', { name: verified.name }))
				}}
			/>
		</Page>
	)
}
