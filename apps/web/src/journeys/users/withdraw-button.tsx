import { contract, type InvitationDocument } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { focusHeadingAfterDialog } from '../../ui/focus-heading.ts'
import { invitationsQuery } from './members-queries.ts'

export function WithdrawButton({ invitation }: { readonly invitation: InvitationDocument }) {
	const { t } = useTranslation('users')
	const workspace = useWorkspace()
	const queries = useQueryClient()
	const [isOpen, setIsOpen] = useState(false)
	const label = invitation.label || t('open.noLabel')
	const withdraw = useMutation({
		mutationFn: () => askApi(contract.revokeInvitation, { workspaceId: workspace.id, invitationId: invitation.id }),
		onSuccess: async () => {
			setIsOpen(false)
			focusHeadingAfterDialog()
			announce(t('open.withdrawn'))
			await queries.invalidateQueries({ queryKey: invitationsQuery(workspace.id).queryKey })
		},
	})
	const close = () => {
		setIsOpen(false)
		withdraw.reset()
	}
	return (
		<>
			<ActionButton size="compact-sm" aria-label={t('open.withdrawLabel', { label })} onClick={() => setIsOpen(true)}>
				{t('open.withdraw')}
			</ActionButton>
			<ConfirmDialog
				isOpen={isOpen}
				title={t('open.withdrawTitle')}
				confirmLabel={t('open.withdraw')}
				isDangerous
				isBusy={withdraw.isPending}
				problem={withdraw.error?.problem}
				onConfirm={() => withdraw.mutate()}
				onClose={close}
			>
				{t('open.withdrawBody', { label })}
			</ConfirmDialog>
		</>
	)
}
