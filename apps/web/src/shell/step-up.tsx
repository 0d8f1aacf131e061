import { Modal } from '@mantine/core'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whenProofIsNeeded } from '../api/step-up.ts'
import { Loading } from '../ui/loading.tsx'

const StepUpForm = lazy(async () => ({ default: (await import('./step-up-form.tsx')).StepUpForm }))

type Waiting = { readonly answer: (isProven: boolean) => void }

/** The dialog in which a person proves again who they are; `withStepUp` opens it. */
export function StepUp() {
	const { t } = useTranslation('shell')
	const [waiting, setWaiting] = useState<Waiting>()
	useEffect(() => {
		whenProofIsNeeded(() => new Promise((answer) => setWaiting({ answer })))
	}, [])
	const finish = (isProven: boolean) => {
		setWaiting(undefined)
		waiting?.answer(isProven)
	}
	return (
		<Modal
			opened={waiting !== undefined}
			onClose={() => finish(false)}
			title={t('stepUp.title')}
			closeButtonProps={{ 'aria-label': t('close') }}
			centered
			zIndex={300} // above the dialog that asked
		>
			<Suspense fallback={<Loading />}>
				<StepUpForm onProven={() => finish(true)} onCancel={() => finish(false)} />
			</Suspense>
		</Modal>
	)
}
