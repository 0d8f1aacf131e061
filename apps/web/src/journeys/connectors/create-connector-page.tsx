import type { ProblemDocument } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { ButtonLink, PrimaryLink } from '../../ui/router-links.tsx'
import { connectorTypesQuery, draftsQuery, latestApprovalQuery } from './connector-queries.ts'
import { ChooseType } from './create/choose-type.tsx'
import { CredentialForm } from './create/credential-form.tsx'
import { NameStep } from './create/name-step.tsx'
import type { RefusedApproval } from './create/approve/use-approval.ts'
import { refusalOf } from './create/refusal-of.ts'
import { BackLink } from '../../ui/back-link.tsx'

const route = getRouteApi('/shell/connectors/new')

/** The wizard; which of its screens is shown stands in the address, so that back and reload do what one expects. */
export function CreateConnectorPage() {
	const { draft, type, approval } = route.useSearch()
	const { role } = useWorkspace()
	if (!hasRole(role, 'editor')) return <ForEditorsOnly />
	if (draft !== undefined) return <NameStep key={draft} draftId={draft} typeId={type} />
	if (approval !== undefined) return <BackFromSite code={approval} typeId={type} />
	if (type !== undefined) return <Authentication key="authentication" typeId={type} />
	return <ChooseType />
}

function ForEditorsOnly() {
	const { t } = useTranslation('connectors')
	return (
		<Page title={t('wizard.title')}>
			<EmptyState
				icon="info"
				title={t('wizard.viewer.title')}
				action={<ButtonLink to="/connectors">{t('wizard.viewer.action')}</ButtonLink>}
			>
				{t('wizard.viewer.body')}
			</EmptyState>
		</Page>
	)
}

/** Somebody comes back from the site's own page without a connection: to where they left, with what went wrong. */
function BackFromSite({ code, typeId }: { readonly code: string; readonly typeId: string | undefined }) {
	const { id: workspaceId } = useWorkspace()
	const latest = useQuery(latestApprovalQuery(workspaceId))
	const { t } = useTranslation('connectors')
	if (latest.isPending)
		return (
			<Page title={t('authentication.title')}>
				<Loading />
			</Page>
		)
	const approval = latest.data
	const told = refusalOf(code, approval)
	const refused = told?.problem
	if (
		approval?.state === 'connected' &&
		approval.connectorId !== null &&
		refused &&
		refused.code === approval.again?.code
	)
		return <BackAgain problem={refused} typeId={approval.type} connectorId={approval.connectorId} />
	if (approval?.state === 'connected' && approval.connectorId !== null) {
		const { type, again, connectorId } = approval
		if (again?.code === code && code !== 'approval/state-used')
			return <BackAgain problem={again} typeId={type} connectorId={connectorId} />
		return <Navigate to="/connectors/new" search={{ type, draft: connectorId }} replace />
	}
	if (approval && approval.connectorId !== null) {
		const { connectorId } = approval
		const search = { approval: code }
		return <Navigate to="/connectors/$connectorId/reconnect" params={{ connectorId }} search={search} replace />
	}
	const known = approval?.type ?? typeId
	if (known !== undefined) return <Authentication key="authentication" typeId={known} refused={told} />
	return (
		<Page title={t('authentication.title')} before={<BackLink to="/connectors/new">{t('wizard.backToType')}</BackLink>}>
			{refused && <ProblemCard problem={refused} />}
			<ButtonLink to="/connectors/new">{t('wizard.typeGone.action')}</ButtonLink>
		</Page>
	)
}

type BackAgainProps = { readonly problem: ProblemDocument; readonly typeId: string; readonly connectorId: string }

/** Somebody said yes twice. The connection is there; what became of the second password is told before they go on to it. */
function BackAgain({ problem, typeId, connectorId }: BackAgainProps) {
	const { t } = useTranslation(['connecting', 'connectors'])
	return (
		<Page
			title={t('connecting:again.title')}
			before={<BackLink to="/connectors">{t('connectors:wizard.backToList')}</BackLink>}
			width="reading"
		>
			<ProblemCard
				problem={problem}
				takesFocus
				actions={
					<PrimaryLink to="/connectors/new" search={{ type: typeId, draft: connectorId }}>
						{t('connecting:again.goOn')}
					</PrimaryLink>
				}
			/>
		</Page>
	)
}

type AuthenticationProps = { readonly typeId: string; readonly refused?: RefusedApproval | undefined }

function Authentication({ typeId, refused }: AuthenticationProps) {
	const { t } = useTranslation('connectors')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const navigate = route.useNavigate()
	const types = useQuery(connectorTypesQuery)
	const type = types.data?.find(({ id }) => id === typeId)
	return (
		<Page title={t('authentication.title')} before={<BackLink to="/connectors/new">{t('wizard.backToType')}</BackLink>}>
			{types.error && <ProblemCard problem={types.error.problem} onTryAgain={() => void types.refetch()} />}
			{types.isPending && <Loading />}
			{types.data && !type && (
				<EmptyState
					icon="info"
					title={t('wizard.typeGone.title')}
					action={<ButtonLink to="/connectors/new">{t('wizard.typeGone.action')}</ButtonLink>}
				/>
			)}
			{type && (
				<CredentialForm
					type={type}
					refusedApproval={refused}
					onVerified={(connector) => {
						const { queryKey } = draftsQuery(workspaceId)
						queryClient.setQueryData(queryKey, (drafts) => [...(drafts ?? []), connector])
						void navigate({ search: { type: type.id, draft: connector.id } })
					}}
				/>
			)}
		</Page>
	)
}
