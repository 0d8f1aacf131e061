import type { InvitationDocument } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { CardTable } from '../../ui/card-table.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { invitationsQuery } from './members-queries.ts'
import { WithdrawButton } from './withdraw-button.tsx'

/** Invitations that nobody has accepted yet; for others it says whose area this is. */
export function InvitationsSection() {
	const { t } = useTranslation('users')
	const isOpenToMe = hasRole(useWorkspace().role, 'admin')
	return <Section title={t('open.title')}>{isOpenToMe ? <OpenInvitations /> : <p>{t('open.closed')}</p>}</Section>
}

function OpenInvitations() {
	const { t } = useTranslation('users')
	const invitations = useQuery(invitationsQuery(useWorkspace().id))
	if (invitations.isPending) return <Loading />
	if (invitations.error)
		return <ProblemCard problem={invitations.error.problem} onTryAgain={() => void invitations.refetch()} />
	const list = invitations.data.invitations
	return list.length === 0 ? <p>{t('open.empty')}</p> : <InvitationTable invitations={list} />
}

function InvitationTable({ invitations }: { readonly invitations: readonly InvitationDocument[] }) {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	return (
		<CardTable
			caption={t('open.title')}
			rows={invitations}
			keyOf={(invitation) => invitation.id}
			columns={[
				{ name: 'for', label: t('open.for'), isPlain: true, render: (row) => row.label || t('open.noLabel') },
				{ name: 'role', label: t('columns.role'), render: (row) => shell(`roles.${row.role}`) },
				{ name: 'created', label: t('open.created'), render: (row) => <RelativeTime at={row.createdAt} /> },
				{ name: 'expires', label: t('open.expires'), render: (row) => <RelativeTime at={row.expiresAt} /> },
				{
					name: 'actions',
					label: t('columns.actions'),
					isPlain: true,
					render: (row) => <WithdrawButton invitation={row} />,
				},
			]}
		/>
	)
}
