import { ActionIcon, Menu } from '@mantine/core'
import type { ConnectorDocument } from '@postern/api/contract'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/icons.tsx'
import type { useCheck } from '../use-connector-actions.ts'

/** A dialog about one connector; there is one of each for the whole list. */
export type OpenDialog = (kind: 'rename' | 'delete', connector: ConnectorDocument) => void

type RowMenuProps = {
	readonly connector: ConnectorDocument
	readonly check: ReturnType<typeof useCheck>
	readonly onDialog: OpenDialog
}

export function RowMenu({ connector, check, onDialog }: RowMenuProps) {
	const { t } = useTranslation('connectors')
	const navigate = useNavigate()
	const button = useRef<HTMLButtonElement>(null)
	const open = (kind: Parameters<OpenDialog>[0]) => {
		// The menu item is gone when the dialog closes: the focus shall return to the button.
		button.current?.focus()
		onDialog(kind, connector)
	}
	return (
		<Menu position="bottom-end" width={200}>
			<Menu.Target>
				<ActionIcon ref={button} variant="subtle" size="lg" aria-label={t('rowMenu', { name: connector.name })}>
					<Icon name="dots" size={20} />
				</ActionIcon>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Item leftSection={<Icon name="refresh" />} onClick={() => !check.isPending && check.mutate()}>
					{t('actions.checkNow')}
				</Menu.Item>
				<Menu.Item leftSection={<Icon name="pencil" />} onClick={() => open('rename')}>
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
				<Menu.Item
					leftSection={<Icon name="trash" />}
					color="var(--mantine-color-error)"
					onClick={() => open('delete')}
				>
					{t('actions.delete')}
				</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	)
}
