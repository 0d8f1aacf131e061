import { Modal, TextInput } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { meQuery, useWorkspace } from '../../api/session.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'

/** For owners: another name for the workspace. */
export function RenameWorkspace() {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	const [isOpen, setIsOpen] = useState(false)
	const close = () => setIsOpen(false)
	return (
		<>
			<ActionButton leftSection={<Icon name="pencil" size={16} />} onClick={() => setIsOpen(true)}>
				{t('rename.action')}
			</ActionButton>
			<Modal
				opened={isOpen}
				onClose={close}
				title={t('rename.action')}
				closeButtonProps={{ 'aria-label': shell('close') }}
				centered
			>
				<RenameForm onClose={close} />
			</Modal>
		</>
	)
}

const byCode = { 'workspace/name-malformed': 'name' } as const

/** Mounted with the dialog, so that it begins with the present name. */
function RenameForm({ onClose }: { readonly onClose: () => void }) {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	const workspace = useWorkspace()
	const queries = useQueryClient()
	const state = useState({ name: workspace.name })
	const [{ name }] = state
	const rename = useMutation({
		mutationFn: () => askApi(contract.renameWorkspace, { workspaceId: workspace.id, body: { name } }),
		onSuccess: async () => {
			await queries.invalidateQueries({ queryKey: meQuery.queryKey })
			onClose()
			announce(t('rename.done', { name }))
		},
	})
	const fields = useFields({ state, problem: rename.error?.problem, byCode })
	return (
		<Form onSubmit={() => fields.isComplete('name') && rename.mutate()}>
			<TextInput label={t('rename.label')} autoComplete="off" data-autofocus {...fields.bind('name')} />
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onClose}>{shell('cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={rename.isPending}>
					{shell('save')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}
