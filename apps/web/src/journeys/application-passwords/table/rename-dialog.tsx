import { Modal, TextInput } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { withStepUp } from '../../../api/step-up.ts'
import { announce } from '../../../ui/announcer.tsx'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { DialogButtons } from '../../../ui/dialog-buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { useFields } from '../../../ui/use-fields.ts'
import { refreshPasswords } from '../passwords-queries.ts'
import type { OnePassword } from './revoke-button.tsx'

export type PasswordDialogProps = OnePassword & { readonly isOpen: boolean; readonly onClose: () => void }

export function RenameDialog(props: PasswordDialogProps) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	return (
		<Modal
			opened={props.isOpen}
			onClose={props.onClose}
			title={t('rename.title')}
			closeButtonProps={{ 'aria-label': shell('close') }}
			centered
		>
			<RenameForm {...props} />
		</Modal>
	)
}

const byCode = {
	'application-password/name-required': 'name',
	'application-password/name-too-long': 'name',
} as const

/** Made anew each time the dialog opens, so that it starts with the name as it is. */
function RenameForm({ memberId, password, onClose }: PasswordDialogProps) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	const state = useState({ name: password.name })
	const rename = useMutation({
		mutationFn: (name: string) => {
			const input = { workspaceId, memberId, uuid: password.uuid, body: { name } }
			return withStepUp(() => askApi(contract.renameApplicationPassword, input))
		},
		onSuccess: async ({ name }) => {
			await refreshPasswords(queries, workspaceId)
			onClose()
			announce(t('rename.done', { name }))
		},
	})
	const fields = useFields({ state, problem: rename.error?.problem, byCode })
	return (
		<Form onSubmit={() => fields.isComplete('name') && rename.mutate(fields.values.name)}>
			<TextInput
				label={t('rename.label')}
				description={t('rename.hint')}
				autoComplete="off"
				data-autofocus
				{...fields.bind('name')}
			/>
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onClose}>{shell('cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={rename.isPending}>
					{t('rename.submit')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}
