import { Modal, TagsInput } from '@mantine/core'
import { contract, type ConnectorDocument } from '@postern/api/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { announce } from '../../../ui/announcer.tsx'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { DialogButtons } from '../../../ui/dialog-buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { keepConnector, listChoicesQuery, refreshLists } from '../connector-queries.ts'
import type { ConnectorDialogProps } from '../rename-dialog.tsx'

export function TagsDialog({ isOpen, connector, onClose }: ConnectorDialogProps) {
	const { t } = useTranslation(['list', 'shell'])
	return (
		<Modal
			opened={isOpen}
			onClose={onClose}
			title={t('tagsDialog.title', { name: connector.name })}
			closeButtonProps={{ 'aria-label': t('shell:close') }}
			centered
		>
			<TagsForm connector={connector} onClose={onClose} />
		</Modal>
	)
}

/** Made anew each time the dialog opens, so that it starts with the tags as they are. */
function TagsForm({ connector, onClose }: Omit<ConnectorDialogProps, 'isOpen'>) {
	const { t } = useTranslation(['list', 'shell'])
	const { id: workspaceId } = useWorkspace()
	const { data: choices } = useQuery(listChoicesQuery(workspaceId))
	const [tags, setTags] = useState<string[]>([...connector.tags])
	const save = useSaveTags(connector, onClose)
	return (
		<Form onSubmit={() => save.mutate(tags)}>
			<TagsInput
				label={t('tagsDialog.label')}
				description={t('tagsDialog.hint')}
				data={choices?.tags.map(({ tag }) => tag) ?? []}
				value={tags}
				onChange={setTags}
				maxTags={20}
				splitChars={[',', ';', '、']}
				acceptValueOnBlur
				clearable={false}
				data-autofocus
			/>
			{save.error && <ProblemCard problem={save.error.problem} />}
			<DialogButtons>
				<ActionButton onClick={onClose}>{t('shell:cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={save.isPending}>
					{t('tagsDialog.save')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}

function useSaveTags(connector: ConnectorDocument, onDone: () => void) {
	const { t } = useTranslation('list')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	return useMutation({
		mutationFn: (tags: string[]) =>
			askApi(contract.updateConnector, { workspaceId, connectorId: connector.id, body: { tags } }),
		onSuccess: async (tagged) => {
			keepConnector(queryClient, workspaceId, tagged)
			onDone()
			announce(t('tagsDialog.done', { name: tagged.name }))
			await refreshLists(queryClient, workspaceId)
		},
	})
}
