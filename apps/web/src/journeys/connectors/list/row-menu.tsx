import { ActionIcon, Menu } from '@mantine/core'
import type { ConnectorDocument } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { Icon } from '../../../ui/icons.tsx'
import { HOW_TO_USE } from '../show/use/how-to-use-id.ts'
import { usePause, type useCheck } from '../use-connector-actions.ts'

/** A dialog about one connector; there is one of each for the whole list. */
export type OpenDialog = (kind: 'rename' | 'tags' | 'delete', connector: ConnectorDocument) => void

type RowMenuProps = {
	readonly connector: ConnectorDocument
	readonly check: ReturnType<typeof useCheck>
	readonly onDialog: OpenDialog
}

export function RowMenu({ connector, check, onDialog }: RowMenuProps) {
	const { t } = useTranslation(['connectors', 'list'])
	const navigate = useNavigate()
	const { role } = useWorkspace()
	const pause = usePause(connector)
	const isPaused = connector.state === 'paused'
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
				<Menu.Item leftSection={<Icon name="tag" />} onClick={() => open('tags')}>
					{t('list:tagsDialog.action')}
				</Menu.Item>
				<Menu.Item
					leftSection={<Icon name="key" />}
					onClick={() =>
						void navigate({
							to: '/connectors/$connectorId',
							params: { connectorId: connector.id },
							hash: HOW_TO_USE,
						})
					}
				>
					{t('actions.use')}
				</Menu.Item>
				{hasRole(role, 'admin') && (
					<Menu.Item
						leftSection={<Icon name={isPaused ? 'play' : 'pause'} />}
						onClick={() => !pause.isPending && pause.mutate()}
					>
						{t(isPaused ? 'actions.resume' : 'actions.pause')}
					</Menu.Item>
				)}
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
				{hasRole(role, 'admin') && (
					<>
						<Menu.Divider />
						<Menu.Item
							leftSection={<Icon name="trash" />}
							color="var(--mantine-color-error)"
							onClick={() => open('delete')}
						>
							{t('actions.delete')}
						</Menu.Item>
					</>
				)}
			</Menu.Dropdown>
		</Menu>
	)
}
