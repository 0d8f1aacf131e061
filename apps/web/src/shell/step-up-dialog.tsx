import { Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StepUpForm } from './step-up-form.tsx'

export type StepUpDialogProps = {
	readonly isOpen: boolean
	readonly onProven: () => void
	readonly onCancel: () => void
}

/** In it a person proves again who they are. */
export function StepUpDialog({ isOpen, onProven, onCancel }: StepUpDialogProps) {
	const { t } = useTranslation('shell')
	// It gives the focus back only if it was there before it opened.
	const [isShown, setIsShown] = useState(false)
	useEffect(() => setIsShown(isOpen), [isOpen])
	return (
		<Modal
			opened={isShown}
			onClose={onCancel}
			title={t('stepUp.title')}
			closeButtonProps={{ 'aria-label': t('close') }}
			centered
			zIndex={300} // above the dialog that asked
		>
			<StepUpForm onProven={onProven} onCancel={onCancel} />
		</Modal>
	)
}
