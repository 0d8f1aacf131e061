import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { aboutRequestsQuery } from '../../api/about-requests.ts'
import { fact, Facts } from '../../ui/facts.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import classes from './help.module.css'

/** For whoever runs a server that our requests reach; the User-Agent leads here, and nobody has to sign in. */
export function AboutRequestsPage() {
	const { t } = useTranslation('help')
	const about = useQuery(aboutRequestsQuery)
	const { userAgent = '', outgoingAddresses = [], contact = null, origin = '' } = about.data ?? {}
	return (
		<Page title={t('about.title')} width="reading">
			<div className={classes.text}>
				<p>{t('about.intro')}</p>
				<h2>{t('about.what')}</h2>
				{about.isPending && <Loading />}
				{about.error && <ProblemCard problem={about.error.problem} onTryAgain={() => void about.refetch()} />}
				{about.data && (
					<Facts
						facts={[
							fact(t('about.userAgent'), <code>{userAgent}</code>),
							[
								t('about.addresses'),
								outgoingAddresses.length === 0 ? t('about.addressesUnknown') : outgoingAddresses.join(', '),
							],
							[t('about.origin'), origin],
						]}
					/>
				)}
				<p>{t('about.paths')}</p>
				<p>{t('about.never')}</p>
				<h2>{t('about.allow')}</h2>
				<p>{t('about.allowBody')}</p>
				<h2>{t('about.ask')}</h2>
				<p>{contact === null ? t('about.askNobody') : t('about.askContact', { contact })}</p>
			</div>
		</Page>
	)
}
