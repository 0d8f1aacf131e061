import { Switch } from '@mantine/core'
import { contract, type ProfileDocument } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { withStepUp } from '../../api/step-up.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { announce } from '../../ui/announcer.tsx'
import { Emphasized } from '../../ui/emphasized.tsx'
import { joinSentences } from '../../ui/join-sentences.ts'
import { Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import { useKeepProfile } from './profile-query.ts'
import classes from './profile.module.css'

/** `two_factor_user_api_login_enable`: whether application passwords work while two-factor is on. */
export function ApiLoginSection({ profile }: { readonly profile: ProfileDocument }) {
	const { t } = useTranslation('profile')
	const language = useLanguage()
	const { role } = useWorkspace()
	const { apiLoginRule, hasSecondFactor } = profile
	return (
		<Section title={t('apiLogin.title')}>
			<p className={classes.text}>{t(hasSecondFactor ? 'apiLogin.withFactor' : 'apiLogin.without')}</p>
			{apiLoginRule === 'each-decides' ? (
				<ApiLoginSwitch profile={profile} />
			) : (
				<p>
					<strong>{t(`apiLogin.decided.${apiLoginRule}`)}</strong>
				</p>
			)}
			<p className={classes.quiet}>
				<Emphasized text={joinSentences([t('apiLogin.never'), t('apiLogin.hook')], language)} />
			</p>
			{hasRole(role, 'owner') && (
				<p className={classes.quiet}>
					<TextLink to="/users" hash="api-login">
						{t('apiLogin.changeForAll')}
					</TextLink>
				</p>
			)}
		</Section>
	)
}

function ApiLoginSwitch({ profile }: { readonly profile: ProfileDocument }) {
	const { t } = useTranslation('profile')
	const workspace = useWorkspace()
	const keep = useKeepProfile(workspace.id)
	const { memberId, username: name } = profile
	const change = useMutation({
		mutationFn: (allowed: boolean) => {
			const input = { workspaceId: workspace.id, memberId, body: { allowed } }
			return withStepUp(() => askApi(contract.setApiLogin, input))
		},
		onSuccess: (next) => {
			keep(next)
			announce(t(next.apiLogin === false ? 'apiLogin.refused' : 'apiLogin.allowed', { name }))
		},
	})
	const mayDecide = memberId === workspace.memberId || hasRole(workspace.role, 'owner')
	// Nobody has decided yet: then it is allowed.
	const isAllowed = change.isPending ? change.variables : (profile.apiLogin ?? true)
	return (
		<>
			<Switch
				label={t('apiLogin.label')}
				checked={isAllowed}
				disabled={!mayDecide}
				aria-busy={change.isPending}
				onChange={(event) => !change.isPending && change.mutate(event.currentTarget.checked)}
			/>
			{change.error && <ProblemCard problem={change.error.problem} />}
		</>
	)
}
