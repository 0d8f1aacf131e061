import type { ReactNode } from 'react'
import classes from './empty-state.module.css'
import { Icon, type IconName } from './icons.tsx'

/** Nothing here yet: says why, and what to do. */
export function EmptyState({
	icon,
	title,
	children,
	action,
}: {
	readonly icon: IconName
	readonly title: string
	readonly children?: ReactNode
	readonly action?: ReactNode
}) {
	return (
		<div className={classes.empty}>
			<Icon name={icon} size={34} />
			<p className={classes.title}>{title}</p>
			{children && <div className={classes.body}>{children}</div>}
			{action}
		</div>
	)
}
