import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'
import classes from './back-link.module.css'
import { Icon } from './icons.tsx'

/** Leads to where one came from, above a page's heading. */
export const BackLink = createLink(({ children, ...props }: ComponentPropsWithRef<'a'>) => (
	<a {...props} className={classes.back}>
		<Icon name="arrowLeft" size={16} />
		<span>{children}</span>
	</a>
))
