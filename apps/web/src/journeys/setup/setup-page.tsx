import { TextInput } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { statusQuery, welcome } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { newAccountFields, newAccountJudges } from '../../ui/account-problems.ts'
import { announce } from '../../ui/announcer.tsx'
import { PrimaryButton } from '../../ui/buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { NewAccountFields } from '../../ui/new-account-fields.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { SecretField } from '../../ui/secret-field.tsx'
import { useFields } from '../../ui/use-fields.ts'

const byCode = {
	...newAccountFields,
	'workspace/name-malformed': 'workspaceName',
	'setup/token-wrong': 'token',
} as const

/** The first visit: the first account and its workspace. */
export function SetupPage() {
	const { t } = useTranslation('entrance')
	const language = useLanguage()
	const navigate = useNavigate()
	const needsToken = useQuery(statusQuery).data?.setup === 'needs-token'
	const state = useState({ email: '', username: '', password: '', workspaceName: '', token: '' })
	const [{ token, ...account }] = state
	const setUp = useMutation({
		mutationFn: () =>
			askApi(contract.setUp, { body: { ...account, language, ...(needsToken ? { token: token.trim() } : {}) } }),
		onSuccess: async (me) => {
			welcome(me)
			await navigate({ to: '/', replace: true })
			announce(t('setup.done'))
		},
	})
	const fields = useFields({ state, problem: setUp.error?.problem, byCode, judges: newAccountJudges })
	const needed = [
		'email',
		'username',
		'password',
		'workspaceName',
		...(needsToken ? (['token'] as const) : []),
	] as const
	return (
		<Page title={t('setup.title')} description={t('setup.intro')}>
			<Form onSubmit={() => fields.isComplete(...needed) && setUp.mutate()}>
				<NewAccountFields fields={fields} />
				<TextInput
					label={t('setup.workspaceName')}
					description={t('setup.workspaceHint')}
					autoComplete="organization"
					{...fields.bind('workspaceName')}
				/>
				{needsToken && (
					<SecretField
						label={t('setup.token')}
						description={t('setup.tokenHint')}
						autoComplete="off"
						{...fields.bind('token')}
					/>
				)}
				{fields.general && <ProblemCard problem={fields.general} />}
				<PrimaryButton type="submit" fullWidth isBusy={setUp.isPending}>
					{t('setup.submit')}
				</PrimaryButton>
			</Form>
		</Page>
	)
}
