import { Checkbox } from '@mantine/core'
import { contract, type OutputOf } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { dropToken } from '../../api/one-time-token.ts'
import { farewell } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { newPasswordFields } from '../../ui/account-problems.ts'
import { announce } from '../../ui/announcer.tsx'
import { PrimaryButton } from '../../ui/buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { dateAndTime } from '../../ui/format-time.ts'
import { NewPasswordField } from '../../ui/new-password-field.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'

export type RecoverFormProps = {
	readonly token: string
	readonly link: OutputOf<typeof contract.readRecoveryLink>
}

export function RecoverForm({ token, link }: RecoverFormProps) {
	const { t } = useTranslation('entrance')
	const language = useLanguage()
	const navigate = useNavigate()
	const [removeSecondFactor, setRemove] = useState(false)
	const state = useState({ newPassword: '' })
	const [{ newPassword }] = state
	const recover = useMutation({
		mutationFn: () => askApi(contract.recoverAccount, { body: { token, newPassword, removeSecondFactor } }),
		onSuccess: async () => {
			dropToken(token)
			farewell()
			await navigate({ to: '/sign-in', replace: true })
			announce(t('recover.done'))
		},
	})
	const fields = useFields({
		state,
		problem: recover.error?.problem,
		byCode: newPasswordFields,
	})
	return (
		<Form onSubmit={() => fields.isComplete('newPassword') && recover.mutate()}>
			<p>{t('recover.intro', { username: link.username, until: dateAndTime(link.expiresAt, language) })}</p>
			{/* For password managers: whose password this is. */}
			<input type="text" name="username" autoComplete="username" value={link.username} readOnly hidden />
			<NewPasswordField label={t('newPassword')} {...fields.bind('newPassword')} />
			{link.hasSecondFactor && (
				<Checkbox
					label={t('recover.removeSecondFactor')}
					description={t('recover.removeHint')}
					checked={removeSecondFactor}
					onChange={(event) => setRemove(event.currentTarget.checked)}
				/>
			)}
			{fields.general && <ProblemCard problem={fields.general} />}
			<PrimaryButton type="submit" fullWidth isBusy={recover.isPending}>
				{t('recover.submit')}
			</PrimaryButton>
		</Form>
	)
}
