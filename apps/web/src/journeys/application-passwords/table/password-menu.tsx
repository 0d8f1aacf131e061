import { ActionIcon, Menu } from '@mantine/core'
import type { IssuedDocument } from '@postern/api/contract'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/icons.tsx'
import { DetailsDialog } from './details-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { ReplaceDialog } from './replace-dialog.tsx'
import type { OnePassword } from './revoke-button.tsx'

const dialogs = [
	{ name: 'details', icon: 'info' },
	{ name: 'rename', icon: 'pencil' },
	{ name: 'replace', icon: 'refresh' },
] as const
type DialogName = (typeof dialogs)[number]['name']

export function PasswordMenu(props: OnePassword & { readonly onReplaced: (issued: IssuedDocument) => void }) {
	const { t } = useTranslation('passwords')
	const [dialog, setDialog] = useState<DialogName>()
	const navigate = useNavigate()
	const button = useRef<HTMLButtonElement>(null)
	const close = () => setDialog(undefined)
	const open = (name: DialogName) => {
		// The menu item is gone when the dialog closes: the focus shall return to the button.
		button.current?.focus()
		setDialog(name)
	}
	return (
		<>
			<Menu position="bottom-end" width={240}>
				<Menu.Target>
					<ActionIcon ref={button} variant="subtle" size="lg" aria-label={t('menu', { name: props.password.name })}>
						<Icon name="dots" />
					</ActionIcon>
				</Menu.Target>
				<Menu.Dropdown>
					{dialogs.map(({ name, icon }) => (
						<Menu.Item key={name} leftSection={<Icon name={icon} size={16} />} onClick={() => open(name)}>
							{t(`${name}.action`)}
						</Menu.Item>
					))}
					<Menu.Item
						leftSection={<Icon name="chart" size={16} />}
						onClick={() => void navigate({ to: '/application-passwords/$uuid', params: { uuid: props.password.uuid } })}
					>
						{t('usage.action')}
					</Menu.Item>
				</Menu.Dropdown>
			</Menu>
			<DetailsDialog {...props} isOpen={dialog === 'details'} onClose={close} />
			<RenameDialog {...props} isOpen={dialog === 'rename'} onClose={close} />
			<ReplaceDialog {...props} isOpen={dialog === 'replace'} onClose={close} />
		</>
	)
}
