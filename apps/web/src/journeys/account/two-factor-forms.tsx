import { TextInput } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi, type ProblemError } from '../../api/client.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { SecretField } from '../../ui/secret-field.tsx'
import { useFields } from '../../ui/use-fields.ts'
import type { Seed } from './scan-step.tsx'

const byCode = { 'account/credentials-wrong': 'password', 'account/second-factor-wrong': 'code' } as const

type Steps<T> = { readonly onDone: (result: T) => void; readonly onCancel: () => void }

export function AskSeed({ onDone, onCancel }: Steps<Seed>) {
	const { t } = useTranslation('account')
	const start = useMutation({
		mutationFn: ({ password }: Proof) => askApi(contract.startTwoFactor, { body: { password } }),
		onSuccess: onDone,
	})
	return (
		<ProofForm
			intro={t('twoFactor.passwordFor.start')}
			submit={t('twoFactor.continue')}
			{...{ action: start, onCancel }}
		/>
	)
}

export function AskNewCodes({ onDone, onCancel }: Steps<readonly string[]>) {
	const { t } = useTranslation('account')
	const renew = useMutation({
		mutationFn: ({ password }: Proof) => askApi(contract.replaceRecoveryCodes, { body: { password } }),
		onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
	})
	return (
		<ProofForm
			intro={t('twoFactor.passwordFor.codes')}
			submit={t('twoFactor.newCodes')}
			{...{ action: renew, onCancel }}
		/>
	)
}

export function StopTwoFactor({ onDone, onCancel }: Steps<void>) {
	const { t } = useTranslation('account')
	const stop = useMutation({
		mutationFn: (body: Proof) => askApi(contract.stopTwoFactor, { body }),
		onSuccess: () => onDone(),
	})
	return (
		<ProofForm
			intro={t('twoFactor.passwordFor.stop')}
			submit={t('twoFactor.stop')}
			needsCode
			{...{ action: stop, onCancel }}
		/>
	)
}

type Proof = { readonly password: string; readonly code: string }

type ProofFormProps = {
	readonly intro: ReactNode
	readonly submit: string
	readonly needsCode?: boolean
	readonly action: {
		readonly mutate: (proof: Proof) => void
		readonly isPending: boolean
		readonly error: ProblemError | null
	}
	readonly onCancel: () => void
}

/** Asks for the password again, and a code where both are needed. */
function ProofForm({ intro, submit, needsCode = false, action, onCancel }: ProofFormProps) {
	const { t } = useTranslation('account')
	const { t: shell } = useTranslation('shell')
	const state = useState({ password: '', code: '' })
	const fields = useFields({
		state,
		problem: action.error?.problem,
		byCode,
		sentences: { 'account/credentials-wrong': t('wrongPassword') },
	})
	const isComplete = () => (needsCode ? fields.isComplete('password', 'code') : fields.isComplete('password'))
	return (
		<Form onSubmit={() => isComplete() && action.mutate(fields.values)}>
			<p>{intro}</p>
			<SecretField label={t('twoFactor.password')} autoComplete="current-password" {...fields.bind('password')} />
			{needsCode && (
				<TextInput
					label={t('twoFactor.anyCode')}
					autoComplete="one-time-code"
					autoCapitalize="off"
					spellCheck={false}
					{...fields.bind('code')}
				/>
			)}
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onCancel}>{shell('cancel')}</ActionButton>
				<ActionButton type="submit" isBusy={action.isPending}>
					{submit}
				</ActionButton>
			</DialogButtons>
		</Form>
	)
}
