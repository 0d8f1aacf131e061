import { contract, type ApplicationPasswordDocument } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { withStepUp } from '../../../api/step-up.ts'
import { announce } from '../../../ui/announcer.tsx'
import { ActionButton } from '../../../ui/buttons.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { focusHeadingAfterDialog } from '../../../ui/focus-heading.ts'
import { refreshPasswords } from '../passwords-queries.ts'

export type OnePassword = { readonly memberId: string; readonly password: ApplicationPasswordDocument }

export function RevokeButton({ memberId, password: { uuid, name } }: OnePassword) {
	const { t } = useTranslation('passwords')
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	const [isOpen, setIsOpen] = useState(false)
	const revoke = useMutation({
		mutationFn: () => withStepUp(() => askApi(contract.revokeApplicationPassword, { workspaceId, memberId, uuid })),
		onSuccess: async () => {
			setIsOpen(false)
			focusHeadingAfterDialog()
			announce(t('revoke.done', { name }))
			await refreshPasswords(queries, workspaceId)
		},
	})
	const close = () => {
		setIsOpen(false)
		revoke.reset()
	}
	return (
		<>
			<ActionButton size="compact-sm" aria-label={t('revoke.label', { name })} onClick={() => setIsOpen(true)}>
				{t('revoke.action')}
			</ActionButton>
			<ConfirmDialog
				isOpen={isOpen}
				title={t('revoke.title', { name })}
				confirmLabel={t('revoke.action')}
				isDangerous
				isBusy={revoke.isPending}
				problem={revoke.error?.problem}
				onConfirm={() => revoke.mutate()}
				onClose={close}
			>
				{t('revoke.body')}
			</ConfirmDialog>
		</>
	)
}
