import { Menu, UnstyledButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe, useWorkspaces } from '../api/session.ts'
import { Icon } from '../ui/icons.tsx'
import { LanguageItems, SchemeItems } from './preference-items.tsx'
import classes from './shell.module.css'
import { useSignOut } from './use-sign-out.ts'

export function AccountMenu() {
	const { t } = useTranslation('shell')
	const { account } = useMe()
	const { current } = useWorkspaces()
	const navigate = useNavigate()
	const signOut = useSignOut()
	return (
		<Menu position="top-start" width={240}>
			<Menu.Target>
				<UnstyledButton className={classes.account ?? ''} aria-label={t('menu.accountOf', { name: account.username })}>
					<Icon name="account" />
					<span>{account.username}</span>
					<Icon name="chevronDown" size={16} />
				</UnstyledButton>
			</Menu.Target>
			<Menu.Dropdown>
				{current && (
					<Menu.Item
						leftSection={<Icon name="key" size={16} />}
						onClick={() => void navigate({ to: '/users/$memberId', params: { memberId: current.memberId } })}
					>
						{t('menu.profile')}
					</Menu.Item>
				)}
				<Menu.Item leftSection={<Icon name="account" size={16} />} onClick={() => void navigate({ to: '/account' })}>
					{t('menu.account')}
				</Menu.Item>
				<Menu.Divider />
				<LanguageItems />
				<Menu.Divider />
				<SchemeItems />
				<Menu.Divider />
				<Menu.Item leftSection={<Icon name="signOut" size={16} />} onClick={() => signOut.mutate()}>
					{t('menu.signOut')}
				</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	)
}
