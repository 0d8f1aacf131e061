import { Group, TextInput } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { CodeInput } from '../../ui/code-input.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'

type Kind = 'totp' | 'recovery-code'

export function SecondStep(props: { readonly onSignedIn: () => Promise<void>; readonly onStartOver: () => void }) {
	const { t } = useTranslation('entrance')
	const [kind, setKind] = useState<Kind>('totp')
	const prove = useMutation({
		mutationFn: async (body: { kind: Kind; code: string }) => {
			await askApi(contract.signInSecondFactor, { body })
			await props.onSignedIn()
		},
	})
	const state = useState({ code: '' })
	const byCode = { 'account/second-factor-wrong': 'code' } as const
	const fields = useFields({ state, problem: prove.error?.problem, byCode })
	const change = (next: Kind) => {
		setKind(next)
		fields.set('code', '')
		prove.reset()
	}
	return (
		<Form onSubmit={() => fields.isComplete('code') && prove.mutate({ kind, code: fields.values.code.trim() })}>
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
			<Group justify="space-between" gap="xs">
				<ActionButton
					variant="subtle"
					size="compact-md"
					onClick={() => change(kind === 'totp' ? 'recovery-code' : 'totp')}
				>
					{t(kind === 'totp' ? 'signIn.useRecovery' : 'signIn.useCode')}
				</ActionButton>
				<ActionButton variant="subtle" size="compact-md" onClick={props.onStartOver}>
					{t('signIn.startOver')}
				</ActionButton>
			</Group>
		</Form>
	)
}
