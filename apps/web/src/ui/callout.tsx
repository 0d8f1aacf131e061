import type { ReactNode } from 'react'
import { Icon, type IconName } from './icons.tsx'
import classes from './callout.module.css'

/** Something to know before one goes on. */
export function Callout(props: { readonly icon: IconName; readonly title?: string; readonly children: ReactNode }) {
	return (
		<div className={classes.callout}>
			<Icon name={props.icon} size={20} />
			<div>
				{props.title !== undefined && <strong>{props.title}</strong>}
				<p>{props.children}</p>
			</div>
		</div>
	)
}
