import { Radio, Stack } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/session.ts'
import { passwordsQuery } from './passwords-queries.ts'

export type KeepOrRevokeProps = { readonly isRevoking: boolean; readonly onChange: (isRevoking: boolean) => void }

/** Asks whether one's application passwords outlive a change to how one signs in; nothing where there are none. */
export function KeepOrRevoke({ isRevoking, onChange }: KeepOrRevokeProps) {
	const { t } = useTranslation('account')
	const { memberships } = useMe()
	const lists = useQueries({
		queries: memberships.map(({ workspace, memberId }) => passwordsQuery(workspace.id, memberId)),
	})
	const count = lists.reduce((sum, { data = [] }) => sum + data.length, 0)
	if (count === 0) return null
	return (
		<Radio.Group
			label={t('passwords.label', { count })}
			description={t('passwords.hint')}
			value={isRevoking ? 'revoke' : 'keep'}
			onChange={(value) => onChange(value === 'revoke')}
		>
			<Stack gap="xs" mt={6}>
				<Radio value="keep" label={t('passwords.keep')} />
				<Radio value="revoke" label={t('passwords.revoke')} />
			</Stack>
		</Radio.Group>
	)
}
