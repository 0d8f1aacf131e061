import { contract } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useRouteContext } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { dropToken } from '../../api/one-time-token.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { dateAndTime } from '../../ui/format-time.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { LinkForm } from './link-form.tsx'

/** `/connect#<token>`: the owner of one site connects it here, without an account. */
export function ConnectPage() {
	const { t } = useTranslation('link')
	const language = useLanguage()
	const { token } = useRouteContext({ from: '/entrance/connect' })
	const [connected, setConnected] = useState<string>()
	const link = useQuery({
		queryKey: ['connect-link', token],
		queryFn: ({ signal }) => askApi(contract.readConnectLink, { body: { token: token ?? '' } }, signal),
		enabled: token !== undefined && connected === undefined,
		gcTime: 0,
		refetchOnWindowFocus: false,
	})
	if (connected !== undefined)
		return (
			<Page key="done" title={t('done.title', { host: connected })}>
				<p role="status">{t('done.body')}</p>
				<p>{t('done.later')}</p>
			</Page>
		)
	if (token === undefined)
		return (
			<Page title={t('missing.title')}>
				<p>{t('missing.body')}</p>
			</Page>
		)
	if (!link.data) {
		const problem = link.error?.problem
		// A link that is used up stays so.
		const retry = problem?.retry === 'after-wait' ? () => void link.refetch() : undefined
		return (
			<Page title={t('plainTitle')}>
				{problem ? <ProblemCard problem={problem} onTryAgain={retry} /> : <Loading>{t('reading')}</Loading>}
			</Page>
		)
	}
	const { workspaceName: workspace, host, isReconnection, expiresAt } = link.data
	return (
		<Page key="form" title={t(isReconnection ? 'titleAgain' : 'title', { host })}>
			<p>{t('intro', { workspace, host })}</p>
			<p>{t('until', { until: dateAndTime(expiresAt, language) })}</p>
			<LinkForm
				token={token}
				link={link.data}
				onConnected={(at) => {
					dropToken(token)
					setConnected(at)
				}}
			/>
		</Page>
	)
}
