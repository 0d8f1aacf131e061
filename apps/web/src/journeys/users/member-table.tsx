import type { MemberDocument } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { CardTable, type Column } from '../../ui/card-table.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import { Badge } from '../../ui/state-badge.tsx'
import { PASSWORDS_SECTION } from '../application-passwords/passwords-section-id.ts'
import { MemberMenu } from './member-menu.tsx'
import { RoleCell } from './role-cell.tsx'
import classes from './users.module.css'

export function MemberTable({ members }: { readonly members: readonly MemberDocument[] }) {
	const { t } = useTranslation('users')
	const mayAct = hasRole(useWorkspace().role, 'admin')
	const columns: readonly Column<MemberDocument>[] = [
		{ name: 'member', label: t('columns.member'), isPlain: true, render: (row) => <NameCell member={row} /> },
		{ name: 'role', label: t('columns.role'), render: (row) => <RoleCell member={row} /> },
		{ name: 'second-factor', label: t('columns.secondFactor'), render: (row) => <SecondFactor member={row} /> },
		{ name: 'passwords', label: t('columns.passwords'), render: (row) => <Passwords member={row} /> },
		{ name: 'joined', label: t('columns.joined'), render: (row) => <RelativeTime at={row.joinedAt} /> },
		...(mayAct
			? [
					{
						name: 'actions',
						label: t('columns.actions'),
						isPlain: true,
						render: menuOf,
					} satisfies Column<MemberDocument>,
				]
			: []),
	]
	return <CardTable caption={t('title')} columns={columns} rows={members} keyOf={(member) => member.id} />
}

function menuOf(member: MemberDocument) {
	return <MemberMenu member={member} />
}

function NameCell({ member }: { readonly member: MemberDocument }) {
	const { t } = useTranslation('users')
	const { memberId } = useWorkspace()
	return (
		<span className={classes.member}>
			<strong>
				<TextLink to="/users/$memberId" params={{ memberId: member.id }}>
					{member.username}
				</TextLink>{' '}
				{member.id === memberId && <span className={classes.you}>({t('you')})</span>}
			</strong>
			<span className={classes.email}>{member.email ?? t('kind.machine')}</span>
		</span>
	)
}

function SecondFactor({ member }: { readonly member: MemberDocument }) {
	const { t } = useTranslation('users')
	if (member.kind === 'machine') return t('none')
	return member.hasSecondFactor ? (
		<Badge icon="passed" tone="good">
			{t('secondFactor.on')}
		</Badge>
	) : (
		<Badge icon="waiting" tone="quiet">
			{t('secondFactor.off')}
		</Badge>
	)
}

function Passwords({ member: { id, username, applicationPasswordCount: count } }: { readonly member: MemberDocument }) {
	const { t } = useTranslation('users')
	return (
		<TextLink
			to="/users/$memberId"
			params={{ memberId: id }}
			hash={PASSWORDS_SECTION}
			underline="hover"
			aria-label={t('passwordsOf', { name: username, count })}
		>
			{new Intl.NumberFormat(useLanguage()).format(count)}
		</TextLink>
	)
}
