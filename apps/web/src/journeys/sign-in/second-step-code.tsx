import { TextInput } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { PrimaryButton } from '../../ui/buttons.tsx'
import { CodeInput } from '../../ui/code-input.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'

type Props = { readonly kind: 'totp' | 'recovery-code'; readonly onSignedIn: () => Promise<void> }

const byCode = { 'account/second-factor-wrong': 'code' } as const

export function SecondStepCode({ kind, onSignedIn }: Props) {
	const { t } = useTranslation('entrance')
	const { t: shell } = useTranslation('shell')
	const prove = useMutation({
		mutationFn: async (code: string) => {
			await askApi(contract.signInSecondFactor, { body: { kind, code } })
			await onSignedIn()
		},
	})
	const fields = useFields({
		state: useState({ code: '' }),
		problem: prove.error?.problem,
		byCode,
		sentences: kind === 'recovery-code' ? { 'account/second-factor-wrong': shell('wrongRecoveryCode') } : {},
	})
	return (
		<Form onSubmit={() => fields.isComplete('code') && prove.mutate(fields.values.code.trim())}>
			<p>{t(kind === 'totp' ? 'signIn.codeIntro' : 'signIn.recoveryIntro')}</p>
			{kind === 'totp' ? (
				<CodeInput label={t('signIn.code')} {...fields.bind('code')} />
			) : (
				<TextInput
					label={t('signIn.recoveryCode')}
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
					{...fields.bind('code')}
				/>
			)}
			{fields.general && <ProblemCard problem={fields.general} />}
			<PrimaryButton type="submit" fullWidth isBusy={prove.isPending}>
				{t('signIn.verify')}
			</PrimaryButton>
		</Form>
	)
}
