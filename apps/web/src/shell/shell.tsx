import { Drawer } from '@mantine/core'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaces } from '../api/session.ts'
import { ActionButton } from '../ui/buttons.tsx'
import { Icon, Mark } from '../ui/icons.tsx'
import { InsecureBanner } from './insecure-banner.tsx'
import { NoWorkspacePage } from './no-workspace-page.tsx'
import classes from './shell.module.css'
import { Sidebar } from './sidebar.tsx'

/** The pages of members. Without a workspace only the own account is left. */
export function Shell() {
	const { current } = useWorkspaces()
	const path = useRouterState({ select: (state) => state.location.pathname })
	// Another workspace is another set of pages: nothing of the former one stays on screen.
	return <ShellFrame>{current || path === '/account' ? <Outlet key={current?.id} /> : <NoWorkspacePage />}</ShellFrame>
}

/** Left navigation, or a drawer with it on a narrow screen, and the content. */
export function ShellFrame({ children }: { readonly children: ReactNode }) {
	const { t } = useTranslation('shell')
	const { current } = useWorkspaces()
	const path = useRouterState({ select: (state) => state.location.pathname })
	// Open for this page only: going to another one closes it.
	const [openedOn, setOpenedOn] = useState<string>()
	const isOpen = openedOn === path
	return (
		<div className={classes.frame}>
			<aside className={classes.side}>
				<Sidebar />
			</aside>
			<header className={classes.bar}>
				<ActionButton
					variant="subtle"
					size="compact-md"
					aria-label={t('menu.open')}
					aria-expanded={isOpen}
					onClick={() => setOpenedOn(path)}
				>
					<Icon name="menu" size={22} />
				</ActionButton>
				<Mark size={24} />
				<span className={classes.barName}>{current?.name ?? 'Postern'}</span>
			</header>
			<Drawer
				opened={isOpen}
				onClose={() => setOpenedOn(undefined)}
				size={280}
				title={t('navigation')}
				closeButtonProps={{ 'aria-label': t('menu.close') }}
				classNames={{ body: classes.drawer ?? '' }}
			>
				<Sidebar />
			</Drawer>
			<main id="content" tabIndex={-1} className={classes.main}>
				<InsecureBanner />
				{children}
			</main>
		</div>
	)
}
