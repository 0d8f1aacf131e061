import { Autocomplete, Modal, Radio, Stack } from '@mantine/core'
import { localProblem } from '@postern/api/client'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { useLanguage } from '../../../texts/use-language.ts'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { DialogButtons } from '../../../ui/dialog-buttons.tsx'
import { fieldSentence } from '../../../ui/field-problem.ts'
import { Form } from '../../../ui/form.tsx'
import { listChoicesQuery } from '../connector-queries.ts'
import type { BulkWish } from './use-bulk.ts'

const revokes = ['made', 'all', 'none'] as const
type Revoke = (typeof revokes)[number]

const wished = { made: 'made', all: true, none: false } as const satisfies Record<Revoke, BulkWish['revoke']>

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
	const [revoke, setRevoke] = useState<Revoke>('made')
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
				onConfirm={() => onStart({ action: 'delete', revoke: wished[revoke] })}
				onClose={onClose}
			>
				<p>{t('deleteMany.what')}</p>
				<Radio.Group
					label={t('deleteMany.revoke')}
					value={revoke}
					onChange={(value) => setRevoke(revokes.find((one) => one === value) ?? 'made')}
				>
					<Stack gap="sm" mt="xs">
						{revokes.map((one) => (
							<Radio
								key={one}
								value={one}
								label={t(`deleteMany.revokes.${one}`)}
								description={t(`deleteMany.hints.${one}`)}
							/>
						))}
					</Stack>
				</Radio.Group>
			</ConfirmDialog>
		</>
	)
}

const tagLimit = 40

/** What can be told of a tag while it is typed; the server judges it once more. */
function isTag(typed: string): boolean {
	const tag = typed.trim()
	return tag !== '' && [...tag].length <= tagLimit && !/[,;]/.test(tag)
}

type TagFormProps = Pick<BulkDialogsProps, 'onClose' | 'onStart'> & { readonly action: 'tag' | 'untag' }

function TagForm({ action, onClose, onStart }: TagFormProps) {
	const { t } = useTranslation(['list', 'shell'])
	const { id: workspaceId } = useWorkspace()
	const { data: choices } = useQuery(listChoicesQuery(workspaceId))
	const language = useLanguage()
	const [tag, setTag] = useState('')
	const [isWrong, setIsWrong] = useState(false)
	const input = useRef<HTMLInputElement>(null)
	const submit = () => {
		if (isTag(tag)) return onStart({ action, tag })
		setIsWrong(true)
		input.current?.focus()
	}
	return (
		<Form onSubmit={submit}>
			<Autocomplete
				label={t('tagDialog.tag')}
				description={t('tagDialog.hint')}
				data={choices?.tags.map((known) => known.tag) ?? []}
				value={tag}
				onChange={(typed) => {
					setTag(typed)
					setIsWrong(false)
				}}
				error={isWrong && fieldSentence(localProblem('connector-tag/malformed', { limit: tagLimit }), language)}
				ref={input}
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
