import type { ApplicationPasswordDocument, IssuedDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { CardTable } from '../../../ui/card-table.tsx'
import classes from '../passwords.module.css'
import { usePasswordColumns } from './password-columns.tsx'
import { PasswordMenu } from './password-menu.tsx'
import { RevokeButton } from './revoke-button.tsx'

export type PasswordTableProps = {
	readonly passwords: readonly ApplicationPasswordDocument[]
	readonly memberId: string
	readonly highlighted: string | undefined
	readonly onReplaced: (issued: IssuedDocument) => void
}

/** The application passwords of one member, newest first. */
export function PasswordTable({ passwords, memberId, highlighted, onReplaced }: PasswordTableProps) {
	const { t } = useTranslation('passwords')
	const columns = usePasswordColumns((password: ApplicationPasswordDocument) => password)
	return (
		<CardTable
			caption={t('title')}
			rows={passwords}
			keyOf={(password) => password.uuid}
			highlighted={highlighted}
			columns={[
				columns.name,
				columns.created,
				columns.lastUsed,
				columns.lastIp,
				columns.expires,
				columns.mayDo,
				{
					name: 'actions',
					label: t('columns.actions'),
					isPlain: true,
					render: (password) => (
						<span className={classes.actions}>
							<RevokeButton memberId={memberId} password={password} />
							<PasswordMenu memberId={memberId} password={password} onReplaced={onReplaced} />
						</span>
					),
				},
			]}
		/>
	)
}
