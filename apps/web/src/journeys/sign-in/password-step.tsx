import { TextInput } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { PrimaryButton } from '../../ui/buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { SecretField } from '../../ui/secret-field.tsx'
import { useFields } from '../../ui/use-fields.ts'
import { LostAccess } from './lost-access.tsx'
import { PasskeyButton } from './passkey-button.tsx'

const byCode = { 'application-password/not-for-sign-in': 'password' } as const

export function PasswordStep(props: { readonly onSecondFactor: () => void; readonly onSignedIn: () => Promise<void> }) {
	const { t } = useTranslation('entrance')
	const signIn = useMutation({
		mutationFn: async (body: { username: string; password: string }) => {
			const { state } = await askApi(contract.signIn, { body })
			if (state === 'second-factor-required') props.onSecondFactor()
			else await props.onSignedIn()
		},
	})
	const state = useState({ username: '', password: '' })
	const fields = useFields({ state, problem: signIn.error?.problem, byCode })
	return (
		<Form onSubmit={() => fields.isComplete('username', 'password') && signIn.mutate(fields.values)}>
			<TextInput
				label={t('signIn.username')}
				autoComplete="username"
				autoCapitalize="off"
				autoCorrect="off"
				spellCheck={false}
				{...fields.bind('username')}
			/>
			<SecretField label={t('password')} autoComplete="current-password" {...fields.bind('password')} />
			{fields.general && <ProblemCard problem={fields.general} />}
			<PrimaryButton type="submit" fullWidth isBusy={signIn.isPending}>
				{t('signIn.submit')}
			</PrimaryButton>
			<PasskeyButton onSignedIn={props.onSignedIn} />
			<LostAccess />
		</Form>
	)
}
