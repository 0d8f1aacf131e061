import { contract } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { oneTimeToken } from '../../api/one-time-token.ts'
import { meQuery } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { exactTime } from '../../ui/format-time.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { JoinAsMember } from './join-as-member.tsx'
import { JoinWithNewAccount } from './join-with-new-account.tsx'

/** `/join#<token>`: what the invitation offers, then a new account or the one that is signed in. */
export function JoinPage() {
	const { t } = useTranslation('entrance')
	const { t: shell } = useTranslation('shell')
	const language = useLanguage()
	const [token] = useState(() => oneTimeToken('/join'))
	const me = useQuery(meQuery)
	const invitation = useQuery({
		queryKey: ['invitation-link'],
		queryFn: ({ signal }) => askApi(contract.readInvitation, { body: { token: token ?? '' } }, signal),
		enabled: token !== undefined,
		gcTime: 0,
	})
	if (token === undefined)
		return (
			<Page title={t('join.missingTitle')}>
				<p>{t('join.missing')}</p>
			</Page>
		)
	const problem = (invitation.error ?? me.error)?.problem
	const retry = () => void Promise.all([invitation.refetch(), me.refetch()])
	if (problem || !invitation.data || me.data === undefined)
		return (
			<Page title={t('join.plainTitle')}>
				{problem ? <ProblemCard problem={problem} onTryAgain={retry} /> : <Loading>{t('join.reading')}</Loading>}
			</Page>
		)
	const { workspaceName, role, invitedBy, expiresAt } = invitation.data
	const props = { token, workspaceName }
	return (
		<Page title={t('join.title', { workspace: workspaceName })}>
			<p>{t('join.intro', { invitedBy, workspace: workspaceName, until: exactTime(expiresAt, language) })}</p>
			<p>
				<strong>{t('join.role', { role: shell(`roles.${role}`) })}</strong> – {t(`rolesMean.${role}`)}
			</p>
			{me.data ? <JoinAsMember {...props} username={me.data.account.username} /> : <JoinWithNewAccount {...props} />}
		</Page>
	)
}
