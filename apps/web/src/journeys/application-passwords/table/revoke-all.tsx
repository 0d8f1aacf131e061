import { contract } from '@postern/api/contract'
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
import classes from '../passwords.module.css'

export type RevokeAllProps = { readonly memberId: string; readonly name: string; readonly count: number }

export function RevokeAll({ memberId, name, count }: RevokeAllProps) {
	const { t } = useTranslation('passwords')
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	const [isOpen, setIsOpen] = useState(false)
	const revoke = useMutation({
		mutationFn: () => withStepUp(() => askApi(contract.revokeAllApplicationPasswords, { workspaceId, memberId })),
		onSuccess: async (done) => {
			setIsOpen(false)
			focusHeadingAfterDialog()
			announce(t('revokeAll.done', { count: done.count }))
			await refreshPasswords(queries, workspaceId)
		},
	})
	const close = () => {
		setIsOpen(false)
		revoke.reset()
	}
	return (
		<div className={classes.all}>
			<ActionButton onClick={() => setIsOpen(true)}>{t('revokeAll.action')}</ActionButton>
			<ConfirmDialog
				isOpen={isOpen}
				title={t('revokeAll.title', { name })}
				confirmLabel={t('revokeAll.action')}
				isDangerous
				isBusy={revoke.isPending}
				problem={revoke.error?.problem}
				onConfirm={() => revoke.mutate()}
				onClose={close}
			>
				{t('revokeAll.body', { count })}
			</ConfirmDialog>
		</div>
	)
}
