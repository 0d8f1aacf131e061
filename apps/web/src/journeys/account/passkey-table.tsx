import type { PasskeyDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { CardTable } from '../../ui/card-table.tsx'
import { Icon } from '../../ui/icons.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import classes from './account.module.css'
import { RemovePasskey } from './remove-passkey.tsx'
import { RenamePasskey } from './rename-passkey.tsx'

export type PasskeyTableProps = { readonly passkeys: readonly PasskeyDocument[]; readonly onChanged: () => void }

export function PasskeyTable({ passkeys, onChanged }: PasskeyTableProps) {
	const { t } = useTranslation('account')
	return (
		<CardTable
			caption={t('passkeys.title')}
			rows={passkeys}
			keyOf={(passkey) => passkey.id}
			columns={[
				{ name: 'name', label: t('passkeys.name'), isPlain: true, render: (row) => <NameCell name={row.name} /> },
				{ name: 'created', label: t('passkeys.created'), render: (row) => <RelativeTime at={row.createdAt} /> },
				{
					name: 'used',
					label: t('passkeys.lastUsed'),
					render: (row) => (row.lastUsedAt === null ? t('passkeys.never') : <RelativeTime at={row.lastUsedAt} />),
				},
				{
					name: 'actions',
					label: t('passkeys.actions'),
					isPlain: true,
					render: (row) => (
						<span className={classes.actions}>
							<RenamePasskey passkey={row} onChanged={onChanged} />
							<RemovePasskey passkey={row} isLast={passkeys.length === 1} onChanged={onChanged} />
						</span>
					),
				},
			]}
		/>
	)
}

function NameCell({ name }: { readonly name: string }) {
	return (
		<span className={classes.device}>
			<Icon name="key" />
			{name}
		</span>
	)
}
