import { Group, TextInput } from '@mantine/core'
import { contract, type ProofDocument } from '@postern/api/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi, type ProblemError } from '../api/client.ts'
import { usePasskeyPlace } from '../api/passkey-place.ts'
import { askPasskey, type DeviceRefused } from '../api/web-authn.ts'
import { ActionButton, PrimaryButton } from '../ui/buttons.tsx'
import { CodeInput } from '../ui/code-input.tsx'
import { DialogButtons } from '../ui/dialog-buttons.tsx'
import { Form } from '../ui/form.tsx'
import { Icon } from '../ui/icons.tsx'
import { Loading } from '../ui/loading.tsx'
import { PasskeyProblem } from '../ui/passkey-problem.tsx'
import { ProblemCard } from '../ui/problem-card.tsx'
import { SecretField } from '../ui/secret-field.tsx'
import { useFields, type Fields } from '../ui/use-fields.ts'

type Method = ProofDocument['methods'][number]
type TypedMethod = Exclude<Method, 'passkey'>
type Ends = { readonly onProven: () => void; readonly onCancel: () => void }

/** Asks for the strongest that the account has; the others can be chosen. */
export function StepUpForm(ends: Ends) {
	const { t } = useTranslation('shell')
	const place = usePasskeyPlace()
	const [chosen, setChosen] = useState<Method>()
	const proof = useQuery({
		queryKey: ['proof'],
		queryFn: ({ signal }) => askApi(contract.getProof, {}, signal),
		gcTime: 0,
		staleTime: Infinity,
	})
	if (proof.error) return <ProblemCard problem={proof.error.problem} onTryAgain={() => void proof.refetch()} />
	if (!proof.data || place.state === 'unknown') return <Loading />
	const methods = proof.data.methods.filter((method) => method !== 'passkey' || place.state === 'here')
	const method = chosen ?? methods[0]
	return (
		<>
			<p>{t('stepUp.intro')}</p>
			{method === 'passkey' && <PasskeyProof {...ends} />}
			{method !== undefined && method !== 'passkey' && <TypedProof key={method} method={method} {...ends} />}
			<Group justify="flex-end" gap="xs" mt="sm">
				{methods
					.filter((other) => other !== method)
					.map((other) => (
						<ActionButton key={other} variant="subtle" size="compact-md" onClick={() => setChosen(other)}>
							{t(`stepUp.use.${other}`)}
						</ActionButton>
					))}
			</Group>
		</>
	)
}

function PasskeyProof({ onProven, onCancel }: Ends) {
	const { t } = useTranslation('shell')
	const prove = useMutation<void, ProblemError | DeviceRefused>({
		mutationFn: async () => {
			const answer = await askPasskey(await askApi(contract.startPasskeyStepUp, {}))
			await askApi(contract.stepUpWithPasskey, { body: answer })
			onProven()
		},
	})
	return (
		<>
			{prove.error && <PasskeyProblem error={prove.error} />}
			<DialogButtons>
				<ActionButton onClick={onCancel}>{t('cancel')}</ActionButton>
				<PrimaryButton
					data-autofocus
					leftSection={<Icon name="key" size={16} />}
					isBusy={prove.isPending}
					onClick={() => prove.mutate()}
				>
					{t('stepUp.passkey')}
				</PrimaryButton>
			</DialogButtons>
		</>
	)
}

const byCode = { 'account/credentials-wrong': 'code', 'account/second-factor-wrong': 'code' } as const

function TypedProof({ method, onProven, onCancel }: Ends & { readonly method: TypedMethod }) {
	const { t } = useTranslation('shell')
	const prove = useMutation({
		mutationFn: (code: string) => askApi(contract.stepUp, { body: { kind: method, code } }),
		onSuccess: onProven,
	})
	const fields = useFields({
		state: useState({ code: '' }),
		problem: prove.error?.problem,
		byCode,
		sentences: {
			'account/credentials-wrong': t('stepUp.wrongPassword'),
			...(method === 'recovery-code' ? { 'account/second-factor-wrong': t('wrongRecoveryCode') } : {}),
		},
	})
	return (
		<Form onSubmit={() => fields.isComplete('code') && prove.mutate(fields.values.code)}>
			<ProofField method={method} fields={fields} />
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onCancel}>{t('cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={prove.isPending}>
					{t('stepUp.confirm')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}

function ProofField({ method, fields }: { readonly method: TypedMethod; readonly fields: Fields<{ code: string }> }) {
	const { t } = useTranslation('shell')
	const props = { label: t(`stepUp.${method}`), 'data-autofocus': true, ...fields.bind('code') }
	if (method === 'password') return <SecretField autoComplete="current-password" {...props} />
	if (method === 'totp') return <CodeInput {...props} />
	return <TextInput autoComplete="off" autoCapitalize="off" spellCheck={false} {...props} />
}
