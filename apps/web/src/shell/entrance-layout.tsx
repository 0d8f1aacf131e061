import { Menu } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../ui/buttons.tsx'
import { Icon, Mark } from '../ui/icons.tsx'
import { InsecureBanner } from './insecure-banner.tsx'
import { LanguageItems, SchemeItems } from './preference-items.tsx'
import classes from './entrance-layout.module.css'

/** The pages before the door: the mark, one card, and the language. */
export function EntranceLayout() {
	return (
		<EntranceFrame>
			<div className={classes.card}>
				<Outlet />
			</div>
		</EntranceFrame>
	)
}

/** `actions` stand beside the language. */
export function EntranceFrame({ children, actions }: { readonly children: ReactNode; readonly actions?: ReactNode }) {
	const { t } = useTranslation('shell')
	return (
		<div className={classes.frame}>
			<header className={classes.head}>
				<span className={classes.brand}>
					<Mark size={30} /> Postern
				</span>
				<span className={classes.actions}>
					{actions}
					<Menu position="bottom-end" width={220}>
						<Menu.Target>
							<ActionButton
								variant="subtle"
								leftSection={<Icon name="language" />}
								rightSection={<Icon name="chevronDown" size={14} />}
							>
								{t('menu.language')}
							</ActionButton>
						</Menu.Target>
						<Menu.Dropdown>
							<LanguageItems />
							<Menu.Divider />
							<SchemeItems />
						</Menu.Dropdown>
					</Menu>
				</span>
			</header>
			<main id="content" tabIndex={-1} className={classes.main}>
				<InsecureBanner />
				{children}
			</main>
		</div>
	)
}
