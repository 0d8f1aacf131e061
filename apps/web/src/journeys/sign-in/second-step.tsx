import { Group } from '@mantine/core'
import { contract, type ProofDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { usePasskeyPlace } from '../../api/passkey-place.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { Loading } from '../../ui/loading.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { SecondStepCode } from './second-step-code.tsx'
import { SecondStepPasskey } from './second-step-passkey.tsx'

type Method = Exclude<ProofDocument['methods'][number], 'password'>
type SecondStepProps = { readonly onSignedIn: () => Promise<void>; readonly onStartOver: () => void }

/** Asks for the strongest that the account has; the others can be chosen. */
export function SecondStep({ onSignedIn, onStartOver }: SecondStepProps) {
	const { t } = useTranslation('entrance')
	const place = usePasskeyPlace()
	const [chosen, setChosen] = useState<Method>()
	const step = useQuery({
		queryKey: ['second-step'],
		queryFn: ({ signal }) => askApi(contract.findSecondStep, {}, signal),
		gcTime: 0,
		staleTime: Infinity,
	})
	if (step.error) return <ProblemCard problem={step.error.problem} onTryAgain={onStartOver} />
	if (!step.data || place.state === 'unknown') return <Loading />
	const methods = step.data.methods
		.filter((method) => method !== 'password')
		.filter((method) => method !== 'passkey' || place.state === 'here')
	const method = chosen ?? methods[0]
	return (
		<>
			{method === 'passkey' && <SecondStepPasskey onSignedIn={onSignedIn} />}
			{method !== undefined && method !== 'passkey' && (
				<SecondStepCode key={method} kind={method} onSignedIn={onSignedIn} />
			)}
			<Group justify="space-between" gap="xs" mt="md">
				{methods
					.filter((other) => other !== method)
					.map((other) => (
						<ActionButton key={other} variant="subtle" size="compact-md" onClick={() => setChosen(other)}>
							{t(`signIn.use.${other}`)}
						</ActionButton>
					))}
				<ActionButton variant="subtle" size="compact-md" onClick={onStartOver}>
					{t('signIn.startOver')}
				</ActionButton>
			</Group>
		</>
	)
}
