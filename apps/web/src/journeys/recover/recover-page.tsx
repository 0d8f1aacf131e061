import { contract } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useRouteContext } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { RecoverForm } from './recover-form.tsx'

/** `/recover#<token>`: a new password with a one-time link. */
export function RecoverPage() {
	const { t } = useTranslation('entrance')
	const { token } = useRouteContext({ from: '/entrance/recover' })
	const link = useQuery({
		queryKey: ['recovery-link', token],
		queryFn: ({ signal }) => askApi(contract.readRecoveryLink, { body: { token: token ?? '' } }, signal),
		enabled: token !== undefined,
		gcTime: 0,
	})
	if (token === undefined)
		return (
			<Page title={t('recover.missingTitle')}>
				<p>{t('recover.missing')}</p>
			</Page>
		)
	// A link that is used up stays so.
	const mayRetry = link.error?.problem.retry === 'after-wait'
	return (
		<Page title={t('recover.title')}>
			{link.isPending && <Loading>{t('recover.reading')}</Loading>}
			{link.error && (
				<ProblemCard problem={link.error.problem} onTryAgain={mayRetry ? () => void link.refetch() : undefined} />
			)}
			{link.data && <RecoverForm key={token} token={token} link={link.data} />}
		</Page>
	)
}
