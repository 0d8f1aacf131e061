import { contract } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useRouteContext } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { meQuery } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { dateAndTime } from '../../ui/format-time.ts'
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
	const { token } = useRouteContext({ from: '/entrance/join' })
	const me = useQuery(meQuery)
	const invitation = useQuery({
		queryKey: ['invitation-link', token],
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
	const askAgain = () => void Promise.all([invitation.refetch(), me.refetch()])
	// An invitation that is used up stays so.
	const retry = problem?.retry === 'after-wait' ? askAgain : undefined
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
			<p>{t('join.intro', { invitedBy, workspace: workspaceName, until: dateAndTime(expiresAt, language) })}</p>
			<p>
				<strong>{t('join.role', { role: shell(`roles.${role}`) })}</strong> – {shell(`rolesMean.${role}`)}
			</p>
			{me.data ? <JoinAsMember {...props} username={me.data.account.username} /> : <JoinWithNewAccount {...props} />}
		</Page>
	)
}
