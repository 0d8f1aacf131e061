import { Modal } from '@mantine/core'
import { contract } from '@postern/api/contract'
import type { Role } from '@postern/vocabulary'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { withStepUp } from '../../api/step-up.ts'
import { InviteForm } from './invite-form.tsx'
import { invitationsQuery } from './members-queries.ts'
import { OneTimeLink } from './one-time-link.tsx'

/** Role and remark, then the link, shown once. */
export function InviteDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	const workspace = useWorkspace()
	const queries = useQueryClient()
	const invite = useMutation({
		mutationFn: (body: { role: Role; label: string }) =>
			withStepUp(() => askApi(contract.createInvitation, { workspaceId: workspace.id, body })),
		onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery(workspace.id).queryKey }),
	})
	const close = () => {
		onClose()
		invite.reset()
	}
	return (
		<Modal
			opened={isOpen}
			onClose={close}
			title={t(invite.data ? 'invitation.linkTitle' : 'invitation.title')}
			closeButtonProps={{ 'aria-label': shell('close') }}
			centered
		>
			{invite.data ? (
				<OneTimeLink link={invite.data.link} what={t('invitation.linkName')} onDone={close}>
					{t('invitation.linkBody', { role: shell(`roles.${invite.data.invitation.role}`) })}
				</OneTimeLink>
			) : (
				<InviteForm
					isBusy={invite.isPending}
					problem={invite.error?.problem}
					onSubmit={(body) => invite.mutate(body)}
					onCancel={close}
				/>
			)}
		</Modal>
	)
}
