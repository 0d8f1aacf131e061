import type { ProfileDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { fact, Facts } from '../../ui/facts.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { ButtonLink } from '../../ui/router-links.tsx'
import { Badge } from '../../ui/state-badge.tsx'
import { PasswordsSection } from '../application-passwords/passwords-section.tsx'
import { ApiLoginSection } from './api-login-section.tsx'
import { profileQuery } from './profile-query.ts'
import classes from './profile.module.css'

/** A person or a machine of the workspace: who they are, and at the bottom their application passwords. */
export function ProfilePage() {
	const { memberId } = useParams({ from: '/shell/users/$memberId' })
	// Another profile is another page: nothing that was typed or shown on the former stays.
	return <Profile key={memberId} memberId={memberId} />
}

function Profile({ memberId }: { readonly memberId: string }) {
	const { t } = useTranslation('profile')
	const workspace = useWorkspace()
	const { data: profile, error, refetch } = useQuery(profileQuery(workspace.id, memberId))
	const isOwn = memberId === workspace.memberId
	const name = profile?.username ?? ''
	return (
		<Page
			title={profile ? name : t('facts.title')}
			documentTitle={profile ? t('tab', { name }) : t('facts.title')}
			before={<BackLink to="/users">{t('back')}</BackLink>}
			description={isOwn ? t('you') : undefined}
			actions={isOwn && <ButtonLink to="/account">{t('manage')}</ButtonLink>}
		>
			{error && !profile && <ProblemCard problem={error.problem} onTryAgain={() => void refetch()} />}
			{!error && !profile && <Loading />}
			{profile && (
				<>
					<ProfileFacts profile={profile} />
					{profile.kind === 'person' && <ApiLoginSection profile={profile} />}
					<PasswordsSection profile={profile} />
				</>
			)}
		</Page>
	)
}

function ProfileFacts({ profile }: { readonly profile: ProfileDocument }) {
	const { t } = useTranslation('profile')
	const { t: shell } = useTranslation('shell')
	const { username, email, kind, role, wordpressId, hasSecondFactor, joinedAt } = profile
	const ofPerson = [
		...(email === null ? [] : [fact(t('facts.email'), email)]),
		fact(t('facts.secondFactor'), <SecondFactor isOn={hasSecondFactor} />),
	]
	const facts = [
		fact(t('facts.username'), <Username name={username} />),
		...(kind === 'machine' ? [fact(t('facts.kind'), t('facts.machine'))] : ofPerson),
		fact(t('facts.role'), shell(`roles.${role}`)),
		fact(t('facts.wordpressId'), <span title={t('facts.wordpressIdHint')}>{wordpressId}</span>),
		fact(t('facts.joined'), <RelativeTime at={joinedAt} />),
	]
	return (
		<Section title={t('facts.title')}>
			<Facts facts={facts} />
		</Section>
	)
}

function Username({ name }: { readonly name: string }) {
	const { t } = useTranslation('profile')
	return (
		<span className={classes.copied}>
			<code>{name}</code>
			<CopyButton size="compact-sm" text={name} what={t('facts.usernameName')} />
		</span>
	)
}

function SecondFactor({ isOn }: { readonly isOn: boolean }) {
	const { t } = useTranslation('profile')
	return (
		<Badge icon={isOn ? 'passed' : 'waiting'} tone={isOn ? 'good' : 'quiet'}>
			{t(isOn ? 'facts.on' : 'facts.off')}
		</Badge>
	)
}
