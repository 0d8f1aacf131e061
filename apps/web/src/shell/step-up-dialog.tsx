import { Modal } from '@mantine/core'
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
	return (
		<Modal
			opened={isOpen}
			onClose={onCancel}
			title={t('stepUp.title')}
			closeButtonProps={{ 'aria-label': t('close') }}
			centered
			returnFocus={false} // it may be drawn for the first time, too late to know what had the focus
			zIndex={300} // above the dialog that asked
			overlayProps={{ backgroundOpacity: 0.75 }}
		>
			<StepUpForm onProven={onProven} onCancel={onCancel} />
		</Modal>
	)
}
