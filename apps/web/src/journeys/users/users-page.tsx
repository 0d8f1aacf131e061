import { hasRole } from '@postern/vocabulary'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { PrimaryButton } from '../../ui/buttons.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { InvitationsSection } from './invitations-section.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberTable } from './member-table.tsx'
import { membersQuery } from './members-queries.ts'
import { RenameWorkspace } from './rename-workspace.tsx'
import { RoleMeanings } from './role-meanings.tsx'

export function UsersPage() {
	const { t } = useTranslation('users')
	const workspace = useWorkspace()
	const mayInvite = hasRole(workspace.role, 'admin')
	const [isInviting, setIsInviting] = useState(false)
	const members = useQuery(membersQuery(workspace.id))
	return (
		<Page
			title={t('title')}
			description={t('description', { workspace: workspace.name })}
			actions={
				<>
					{workspace.role === 'owner' && <RenameWorkspace />}
					{mayInvite && (
						<PrimaryButton leftSection={<Icon name="invite" />} onClick={() => setIsInviting(true)}>
							{t('invite')}
						</PrimaryButton>
					)}
				</>
			}
		>
			<Section>
				{members.isPending && <Loading />}
				{members.error && <ProblemCard problem={members.error.problem} onTryAgain={() => void members.refetch()} />}
				{members.data && <MemberTable members={members.data.members} />}
			</Section>
			<InvitationsSection />
			<RoleMeanings />
			{mayInvite && <InviteDialog isOpen={isInviting} onClose={() => setIsInviting(false)} />}
		</Page>
	)
}
