import { Modal } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProblemDocument } from '@postern/api/contract'
import { ActionButton } from './buttons.tsx'
import { DialogButtons } from './dialog-buttons.tsx'
import { ProblemCard } from './problem-card.tsx'

export type ConfirmDialogProps = {
	readonly isOpen: boolean
	readonly title: string
	readonly children: ReactNode
	/** The verb of what will happen, never "OK". */
	readonly confirmLabel: string
	readonly isDangerous?: boolean
	readonly isBusy?: boolean
	readonly problem?: ProblemDocument | undefined
	readonly onConfirm: () => void
	readonly onClose: () => void
}

/** Asks before something that cannot be taken back. Focus goes in, stays in, and returns. */
export function ConfirmDialog(props: ConfirmDialogProps) {
	const { t } = useTranslation('shell')
	const describedBy = useId()
	return (
		<Modal
			opened={props.isOpen}
			onClose={props.onClose}
			title={props.title}
			aria-describedby={describedBy}
			closeButtonProps={{ 'aria-label': t('close') }}
			centered
		>
			<div id={describedBy}>{props.children}</div>
			{props.problem && <ProblemCard problem={props.problem} />}
			<DialogButtons>
				<ActionButton onClick={props.onClose} data-autofocus>
					{t('cancel')}
				</ActionButton>
				<ActionButton
					variant={props.isDangerous ? 'filled' : 'default'}
					{...(props.isDangerous ? { color: 'danger.7' } : {})}
					isBusy={props.isBusy ?? false}
					onClick={props.onConfirm}
				>
					{props.confirmLabel}
				</ActionButton>
			</DialogButtons>
		</Modal>
	)
}
