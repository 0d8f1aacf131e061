import { NativeSelect } from '@mantine/core'
import { contract, type MemberDocument } from '@postern/api/contract'
import { roles, type Role } from '@postern/vocabulary'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { meQuery, useWorkspace } from '../../api/session.ts'
import { withStepUp } from '../../api/step-up.ts'
import { announce } from '../../ui/announcer.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { givableRoles, mayManage } from './may.ts'
import classes from './users.module.css'
import { membersQuery } from './members-queries.ts'

/** The role, as a choice for those who may change it. */
export function RoleCell({ member }: { readonly member: MemberDocument }) {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	const workspace = useWorkspace()
	const queries = useQueryClient()
	const change = useMutation({
		mutationFn: (role: Role) =>
			withStepUp(() => askApi(contract.changeRole, { workspaceId: workspace.id, memberId: member.id, body: { role } })),
		onSuccess: async (_, role) => {
			announce(t('roleChanged', { name: member.username, role: shell(`roles.${role}`) }))
			await queries.invalidateQueries({ queryKey: membersQuery(workspace.id).queryKey })
			if (member.id === workspace.memberId) await queries.invalidateQueries({ queryKey: meQuery.queryKey })
		},
	})
	if (!mayManage(workspace.role, member)) return shell(`roles.${member.role}`)
	const choose = (text: string) => {
		const role = roles.find((other) => other === text)
		if (role && role !== member.role) change.mutate(role)
	}
	return (
		<>
			<NativeSelect
				size="xs"
				className={classes.role ?? ''}
				aria-label={t('roleOf', { name: member.username })}
				aria-busy={change.isPending}
				value={change.isPending ? change.variables : member.role}
				data={givableRoles(workspace.role).map((role) => ({ value: role, label: shell(`roles.${role}`) }))}
				onChange={(event) => choose(event.currentTarget.value)}
			/>
			{change.error && <ProblemCard problem={change.error.problem} />}
		</>
	)
}
