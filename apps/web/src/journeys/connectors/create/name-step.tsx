import type { ConnectorDocument } from '@postern/api/contract'
import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { Page } from '../../../ui/page.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { PrimaryLink } from '../../../ui/router-links.tsx'
import { BackLink } from '../../../ui/back-link.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { draftTime } from './draft-time.ts'
import { NameForm } from './name-form.tsx'
import { SuccessCard } from './success-card.tsx'
import { useFoundDraft } from './use-found-draft.ts'

type NameStepProps = { readonly draftId: string; readonly typeId: string | undefined }

/** Who we are there and what we may do; then a name. The verified connection waits on the server meanwhile. */
export function NameStep({ draftId, typeId }: NameStepProps) {
	const { t } = useTranslation('connectors')
	const found = useFoundDraft(draftId)
	if (found.data?.state === 'saved')
		return <Navigate to="/connectors" search={{ new: found.data.connectorId }} replace />
	return (
		<Page
			title={t('naming.title')}
			documentTitle={t('naming.documentTitle')}
			before={<BackLink to="/connectors">{t('wizard.backToList')}</BackLink>}
			width="reading"
		>
			{found.error && <ProblemCard problem={found.error.problem} onTryAgain={() => void found.refetch()} />}
			{found.isPending && <Loading />}
			{found.data?.state === 'gone' && <Gone type={typeId} />}
			{found.data?.state === 'waiting' && <Waiting draft={found.data.draft} />}
		</Page>
	)
}

function Waiting({ draft }: { readonly draft: ConnectorDocument }) {
	const now = useNow(5_000)
	const time = draftTime(draft.expiresAt, now)
	if (time.state === 'expired') return <Gone type={draft.type} />
	return (
		<>
			<SuccessCard connector={draft} />
			<NameForm draft={draft} time={time} />
		</>
	)
}

/** Too late. The website is still in the form. */
function Gone({ type }: { readonly type: string | undefined }) {
	const { t } = useTranslation('connectors')
	return (
		<EmptyState
			icon="clock"
			title={t('naming.goneTitle')}
			action={
				<PrimaryLink to="/connectors/new" search={type === undefined ? {} : { type }}>
					{t('naming.expiredAction')}
				</PrimaryLink>
			}
		>
			{t('naming.gone')}
		</EmptyState>
	)
}
