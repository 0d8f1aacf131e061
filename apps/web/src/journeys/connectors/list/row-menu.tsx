import { Menu } from '@mantine/core'
import type { ConnectorDocument } from '@postern/api/contract'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/buttons.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { DeleteDialog } from '../delete-dialog.tsx'
import { RenameDialog } from '../rename-dialog.tsx'
import type { useCheck } from '../use-connector-actions.ts'

type RowMenuProps = { readonly connector: ConnectorDocument; readonly check: ReturnType<typeof useCheck> }

export function RowMenu({ connector, check }: RowMenuProps) {
	const { t } = useTranslation('connectors')
	const navigate = useNavigate()
	const [dialog, setDialog] = useState<'rename' | 'delete'>()
	const close = () => setDialog(undefined)
	return (
		<>
			<Menu position="bottom-end" width={200}>
				<Menu.Target>
					<ActionButton variant="subtle" size="compact-md" aria-label={t('rowMenu', { name: connector.name })}>
						<Icon name="dots" size={20} />
					</ActionButton>
				</Menu.Target>
				<Menu.Dropdown>
					<Menu.Item leftSection={<Icon name="refresh" />} onClick={() => !check.isPending && check.mutate()}>
						{t('actions.checkNow')}
					</Menu.Item>
					<Menu.Item leftSection={<Icon name="pencil" />} onClick={() => setDialog('rename')}>
						{t('actions.rename')}
					</Menu.Item>
					{connector.state === 'needs-attention' && (
						<Menu.Item
							leftSection={<Icon name="link" />}
							onClick={() =>
								void navigate({ to: '/connectors/$connectorId/reconnect', params: { connectorId: connector.id } })
							}
						>
							{t('actions.reconnect')}
						</Menu.Item>
					)}
					<Menu.Divider />
					<Menu.Item leftSection={<Icon name="trash" />} color="danger" onClick={() => setDialog('delete')}>
						{t('actions.delete')}
					</Menu.Item>
				</Menu.Dropdown>
			</Menu>
			<RenameDialog isOpen={dialog === 'rename'} connector={connector} onClose={close} />
			<DeleteDialog isOpen={dialog === 'delete'} connector={connector} onClose={close} />
		</>
	)
}
