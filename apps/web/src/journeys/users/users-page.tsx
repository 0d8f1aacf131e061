import { hasRole } from '@postern/vocabulary'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import { ApiLoginRule } from './api-login-rule.tsx'
import { InvitationsSection } from './invitations-section.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MachineDialog } from './machine-dialog.tsx'
import { MemberTable } from './member-table.tsx'
import { membersQuery } from './members-queries.ts'
import { RenameWorkspace } from './rename-workspace.tsx'
import { RoleMeanings } from './role-meanings.tsx'
import classes from './users.module.css'

export function UsersPage() {
	const { t } = useTranslation('users')
	const workspace = useWorkspace()
	const mayInvite = hasRole(workspace.role, 'admin')
	const isOwner = workspace.role === 'owner'
	const [dialog, setDialog] = useState<'invite' | 'machine'>()
	const close = () => setDialog(undefined)
	const members = useQuery(membersQuery(workspace.id))
	return (
		<Page
			title={t('title')}
			description={t('description', { workspace: workspace.name })}
			actions={
				<>
					{isOwner && <RenameWorkspace />}
					{isOwner && (
						<ActionButton leftSection={<Icon name="machine" size={16} />} onClick={() => setDialog('machine')}>
							{t('machine.action')}
						</ActionButton>
					)}
					{mayInvite && (
						<PrimaryButton leftSection={<Icon name="invite" />} onClick={() => setDialog('invite')}>
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
				{isOwner && (
					<p className={classes.all}>
						<TextLink to="/application-passwords">{t('all')}</TextLink>
					</p>
				)}
			</Section>
			<InvitationsSection />
			<RoleMeanings />
			{isOwner && <ApiLoginRule />}
			{mayInvite && <InviteDialog isOpen={dialog === 'invite'} onClose={close} />}
			{isOwner && <MachineDialog isOpen={dialog === 'machine'} onClose={close} />}
		</Page>
	)
}
