import { Modal, TextInput } from '@mantine/core'
import type { ConnectorDocument } from '@postern/api/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'
import { connectorNameFields } from './connector-name-fields.ts'
import { useRename } from './use-connector-actions.ts'

export type ConnectorDialogProps = {
	readonly isOpen: boolean
	readonly connector: ConnectorDocument
	readonly onClose: () => void
}

export function RenameDialog({ isOpen, connector, onClose }: ConnectorDialogProps) {
	const { t } = useTranslation(['connectors', 'shell'])
	return (
		<Modal
			opened={isOpen}
			onClose={onClose}
			title={t('renameDialog.title')}
			closeButtonProps={{ 'aria-label': t('shell:close') }}
			centered
		>
			<RenameForm connector={connector} onClose={onClose} />
		</Modal>
	)
}

/** Made anew each time the dialog opens, so that it starts with the name as it is. */
function RenameForm({ connector, onClose }: Omit<ConnectorDialogProps, 'isOpen'>) {
	const { t } = useTranslation(['connectors', 'shell'])
	const rename = useRename(connector, onClose)
	const state = useState({ name: connector.name })
	const fields = useFields({ state, problem: rename.error?.problem, byCode: connectorNameFields })
	return (
		<Form onSubmit={() => rename.mutate(fields.values.name)}>
			<TextInput label={t('naming.name')} autoComplete="off" data-autofocus {...fields.bind('name')} />
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onClose}>{t('shell:cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={rename.isPending}>
					{t('renameDialog.submit')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}
