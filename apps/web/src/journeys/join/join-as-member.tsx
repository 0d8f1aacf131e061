import { useTranslation } from 'react-i18next'
import { Form } from '../../ui/form.tsx'
import { PrimaryButton } from '../../ui/buttons.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useJoin } from './use-join.ts'

export type JoinAsMemberProps = { readonly token: string; readonly workspaceName: string; readonly username: string }

export function JoinAsMember({ token, workspaceName, username }: JoinAsMemberProps) {
	const { t } = useTranslation('entrance')
	const join = useJoin(token, workspaceName)
	return (
		<Form onSubmit={() => join.mutate(undefined)}>
			<p>{t('join.asMember', { username })}</p>
			{join.error && <ProblemCard problem={join.error.problem} />}
			<PrimaryButton type="submit" fullWidth isBusy={join.isPending}>
				{t('join.submitAs', { username })}
			</PrimaryButton>
		</Form>
	)
}
