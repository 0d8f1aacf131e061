import { contract, type MemberDocument } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { meQuery, useWorkspace } from '../../api/session.ts'
import { announce } from '../../ui/announcer.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { focusHeadingAfterDialog } from '../../ui/focus-heading.ts'
import { membersQuery } from './members-queries.ts'

export type MemberDialogProps = {
	readonly member: MemberDocument
	readonly isOpen: boolean
	readonly onClose: () => void
}

export function RemoveDialog({ member, isOpen, onClose }: MemberDialogProps) {
	const { t } = useTranslation('users')
	const workspace = useWorkspace()
	const queries = useQueryClient()
	const name = member.username
	const remove = useMutation({
		mutationFn: () => askApi(contract.removeMember, { workspaceId: workspace.id, memberId: member.id }),
		onSuccess: async () => {
			onClose()
			focusHeadingAfterDialog()
			announce(t('remove.done', { name }))
			if (member.id === workspace.memberId) await queries.invalidateQueries({ queryKey: meQuery.queryKey })
			else await queries.invalidateQueries({ queryKey: membersQuery(workspace.id).queryKey })
		},
	})
	const close = () => {
		onClose()
		remove.reset()
	}
	return (
		<ConfirmDialog
			isOpen={isOpen}
			title={t('remove.title', { name })}
			confirmLabel={t('remove.confirm', { name })}
			isDangerous
			isBusy={remove.isPending}
			problem={remove.error?.problem}
			onConfirm={() => remove.mutate()}
			onClose={close}
		>
			{t('remove.body', { name })}
		</ConfirmDialog>
	)
}
