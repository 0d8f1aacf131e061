import { contract } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { oneTimeToken } from '../../api/one-time-token.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { RecoverForm } from './recover-form.tsx'

/** `/recover#<token>`: a new password with a one-time link. */
export function RecoverPage() {
	const { t } = useTranslation('entrance')
	const [token] = useState(() => oneTimeToken('/recover'))
	const link = useQuery({
		queryKey: ['recovery-link'],
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
	return (
		<Page title={t('recover.title')}>
			{link.isPending && <Loading>{t('recover.reading')}</Loading>}
			{link.error && <ProblemCard problem={link.error.problem} onTryAgain={() => void link.refetch()} />}
			{link.data && <RecoverForm token={token} link={link.data} />}
		</Page>
	)
}
