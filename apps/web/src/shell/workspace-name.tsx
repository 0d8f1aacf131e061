import { Menu, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { chooseWorkspace, useWorkspaces } from '../api/session.ts'
import { Icon } from '../ui/icons.tsx'
import classes from './shell.module.css'

/** The workspace that is shown; a switch where there are several. */
export function WorkspaceName() {
	const { t } = useTranslation('shell')
	const { all, current } = useWorkspaces()
	if (!current) return null
	if (all.length === 1) return <p className={classes.workspace}>{current.name}</p>
	return (
		<Menu position="bottom-start" width={240}>
			<Menu.Target>
				<UnstyledButton
					className={classes.workspace ?? ''}
					aria-label={t('menu.switchWorkspace', { name: current.name })}
				>
					<span>{current.name}</span>
					<Icon name="chevronDown" size={16} />
				</UnstyledButton>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>{t('menu.workspace')}</Menu.Label>
				{all.map((workspace) => (
					<Menu.Item
						key={workspace.id}
						leftSection={
							workspace.id === current.id ? <Icon name="check" size={16} /> : <span className={classes.noIcon} />
						}
						aria-current={workspace.id === current.id}
						onClick={() => chooseWorkspace(workspace.id)}
					>
						{workspace.name}
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	)
}
