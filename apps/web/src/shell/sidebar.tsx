import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Icon, Mark } from '../ui/icons.tsx'
import { AccountMenu } from './account-menu.tsx'
import classes from './shell.module.css'
import { WorkspaceName } from './workspace-name.tsx'

const places = [
	{ to: '/', name: 'dashboard', isExact: true },
	{ to: '/connectors', name: 'connectors', isExact: false },
	{ to: '/activity', name: 'activity', isExact: false },
	{ to: '/users', name: 'users', isExact: false },
	{ to: '/help', name: 'help', isExact: false },
] as const

export function Sidebar() {
	const { t } = useTranslation('shell')
	return (
		<div className={classes.sideContent}>
			<div className={classes.brand}>
				<Mark />
				<span>Postern</span>
			</div>
			<WorkspaceName />
			<nav aria-label={t('navigation')}>
				<ul className={classes.places}>
					{places.map(({ to, name, isExact }) => (
						<li key={name}>
							<Link to={to} activeOptions={{ exact: isExact }} className={classes.place ?? ''}>
								<Icon name={name} />
								<span>{t(`nav.${name}`)}</span>
							</Link>
						</li>
					))}
				</ul>
			</nav>
			<AccountMenu />
		</div>
	)
}
