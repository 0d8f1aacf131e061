import { Modal, Radio, Stack } from '@mantine/core'
import { contract, type IssuedDocument } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { withStepUp } from '../../../api/step-up.ts'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { DialogButtons } from '../../../ui/dialog-buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { refreshPasswords } from '../passwords-queries.ts'
import type { PasswordDialogProps } from './rename-dialog.tsx'

/** For how many days the old secret works beside the new one. */
const overlaps = ['0', '1', '7'] as const

export type ReplaceDialogProps = PasswordDialogProps & { readonly onReplaced: (issued: IssuedDocument) => void }

/** A lost secret cannot be shown again, only replaced. */
export function ReplaceDialog(props: ReplaceDialogProps) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	return (
		<Modal
			opened={props.isOpen}
			onClose={props.onClose}
			title={t('replace.title', { name: props.password.name })}
			closeButtonProps={{ 'aria-label': shell('close') }}
			centered
		>
			<ReplaceForm {...props} />
		</Modal>
	)
}

function ReplaceForm({ memberId, password, onClose, onReplaced }: ReplaceDialogProps) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	const [overlap, setOverlap] = useState<string>(overlaps[0])
	const replace = useMutation({
		// The secret is handed on and not returned: the result of a mutation would be kept.
		mutationFn: async () => {
			const body = { overlapDays: Number(overlap) }
			const input = { workspaceId, memberId, uuid: password.uuid, body }
			onReplaced(await withStepUp(() => askApi(contract.replaceApplicationPassword, input)))
		},
		onSuccess: () => {
			onClose()
			return refreshPasswords(queries, workspaceId)
		},
	})
	return (
		<Form onSubmit={() => replace.mutate()}>
			<p>{t('replace.body')}</p>
			<Radio.Group label={t('replace.when')} description={t('replace.whenHint')} value={overlap} onChange={setOverlap}>
				<Stack gap="xs" mt={6}>
					{overlaps.map((days) => (
						<Radio key={days} value={days} label={t(`replace.${days}`)} />
					))}
				</Stack>
			</Radio.Group>
			{replace.error && <ProblemCard problem={replace.error.problem} />}
			<DialogButtons>
				<ActionButton onClick={onClose}>{shell('cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={replace.isPending}>
					{t('replace.submit')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}
