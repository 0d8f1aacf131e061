import { hasRole } from '@postern/vocabulary'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe, useWorkspaces } from '../api/session.ts'
import { noticeLines } from '../journeys/application-passwords/notice-lines.ts'
import { noticesQuery } from '../journeys/application-passwords/passwords-queries.ts'
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
	const role = useWorkspaces().current?.role
	const isOwner = role === 'owner'
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
							{name === 'dashboard' && <NoticeCount />}
							{name === 'users' && isOwner && (
								<Link to="/application-passwords" className={`${classes.place} ${classes.below}`}>
									<span>{t('nav.passwords')}</span>
								</Link>
							)}
							{name === 'users' && role !== undefined && hasRole(role, 'admin') && (
								<Link to="/webhooks" className={`${classes.place} ${classes.below}`}>
									<span>{t('nav.webhooks')}</span>
								</Link>
							)}
						</li>
					))}
				</ul>
			</nav>
			<AccountMenu />
		</div>
	)
}

/** How many application passwords have something waiting on the dashboard; what one did oneself does not call. */
function NoticeCount() {
	const { t } = useTranslation('shell')
	const { current } = useWorkspaces()
	const { data } = useQuery({ ...noticesQuery(current?.id ?? ''), enabled: current !== undefined })
	const { account } = useMe()
	const count = noticeLines(data ?? [], account.username).filter(({ isQuiet }) => !isQuiet).length
	if (count === 0) return null
	return (
		<span className={classes.count}>
			<span aria-hidden="true">{count}</span>
			<span className="visually-hidden">{t('notices', { count })}</span>
		</span>
	)
}
