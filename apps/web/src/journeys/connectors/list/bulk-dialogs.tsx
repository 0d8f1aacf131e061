import { Autocomplete, Checkbox, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { DialogButtons } from '../../../ui/dialog-buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { listChoicesQuery } from '../connector-queries.ts'
import type { BulkWish } from './use-bulk.ts'

/** What asks before it begins. */
export type BulkDialog = 'tag' | 'untag' | 'delete'

type BulkDialogsProps = {
	readonly dialog: BulkDialog | undefined
	readonly count: number
	readonly onClose: () => void
	readonly onStart: (wish: Omit<BulkWish, 'of'>) => void
}

export function BulkDialogs({ dialog, count, onClose, onStart }: BulkDialogsProps) {
	const { t } = useTranslation(['list', 'shell'])
	const [revoke, setRevoke] = useState(false)
	const isTagging = dialog === 'tag' || dialog === 'untag'
	return (
		<>
			<Modal
				opened={isTagging}
				onClose={onClose}
				title={t(dialog === 'untag' ? 'tagDialog.remove' : 'tagDialog.add', { what: t('tagDialog.what', { count }) })}
				closeButtonProps={{ 'aria-label': t('shell:close') }}
				centered
			>
				{isTagging && <TagForm action={dialog} onClose={onClose} onStart={onStart} />}
			</Modal>
			<ConfirmDialog
				isOpen={dialog === 'delete'}
				title={t('deleteMany.title', { count })}
				confirmLabel={t('deleteMany.confirm', { count })}
				isDangerous
				onConfirm={() => onStart({ action: 'delete', revoke })}
				onClose={onClose}
			>
				<p>{t('deleteMany.what')}</p>
				<Checkbox
					checked={revoke}
					onChange={(event) => setRevoke(event.currentTarget.checked)}
					label={t('deleteMany.revoke')}
					description={t('deleteMany.stays')}
				/>
			</ConfirmDialog>
		</>
	)
}

type TagFormProps = Pick<BulkDialogsProps, 'onClose' | 'onStart'> & { readonly action: 'tag' | 'untag' }

function TagForm({ action, onClose, onStart }: TagFormProps) {
	const { t } = useTranslation(['list', 'shell'])
	const { id: workspaceId } = useWorkspace()
	const { data: choices } = useQuery(listChoicesQuery(workspaceId))
	const [tag, setTag] = useState('')
	const submit = () => {
		if (tag.trim() !== '') onStart({ action, tag })
	}
	return (
		<Form onSubmit={submit}>
			<Autocomplete
				label={t('tagDialog.tag')}
				description={t('tagDialog.hint')}
				data={choices?.tags.map((known) => known.tag) ?? []}
				value={tag}
				onChange={setTag}
				maxLength={80}
				autoComplete="off"
				data-autofocus
			/>
			<DialogButtons>
				<ActionButton onClick={onClose}>{t('shell:cancel')}</ActionButton>
				<PrimaryButton type="submit">
					{t(action === 'tag' ? 'tagDialog.addAction' : 'tagDialog.removeAction')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}
