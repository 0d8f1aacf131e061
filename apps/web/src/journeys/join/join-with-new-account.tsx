import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newAccountFields, newAccountJudges } from '../../ui/account-problems.ts'
import { PrimaryButton } from '../../ui/buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { NewAccountFields } from '../../ui/new-account-fields.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import { useFields } from '../../ui/use-fields.ts'
import { useJoin } from './use-join.ts'

export function JoinWithNewAccount({
	token,
	workspaceName,
}: {
	readonly token: string
	readonly workspaceName: string
}) {
	const { t } = useTranslation('entrance')
	const join = useJoin(token, workspaceName)
	const state = useState({ email: '', username: '', password: '' })
	const fields = useFields({
		state,
		problem: join.error?.problem,
		byCode: newAccountFields,
		judges: newAccountJudges,
	})
	return (
		<Form onSubmit={() => fields.isComplete('email', 'username', 'password') && join.mutate(fields.values)}>
			<h2>{t('join.newAccount')}</h2>
			<NewAccountFields fields={fields} />
			{fields.general && <ProblemCard problem={fields.general} />}
			<PrimaryButton type="submit" fullWidth isBusy={join.isPending}>
				{t('join.submitNew')}
			</PrimaryButton>
			{/* The link's secret waits in memory until the person comes back. */}
			<p>
				{t('join.haveAccount')}{' '}
				<TextLink to="/sign-in" search={{ return: '/join' }}>
					{t('join.signInFirst')}
				</TextLink>
			</p>
		</Form>
	)
}
