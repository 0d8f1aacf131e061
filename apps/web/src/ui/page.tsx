import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import classes from './page.module.css'

/** Where a visit begins, the browser's own reading order is right; after that, focus follows to the new page's heading. */
let isFirstPage = true

export type PageProps = {
	readonly title: string
	/** For the browser's tab, where the heading alone would not tell pages apart. */
	readonly documentTitle?: string
	/** The one next step and its like, at the top right. */
	readonly actions?: ReactNode
	/** Above the heading: a way back. */
	readonly before?: ReactNode
	readonly description?: ReactNode
	readonly width?: 'reading' | 'wide'
	readonly children: ReactNode
}

/** A page: its heading, its actions, its content. Sets the tab's title and takes the focus on arrival. */
export function Page({ title, documentTitle, actions, before, description, width = 'wide', children }: PageProps) {
	const heading = useRef<HTMLHeadingElement>(null)
	useEffect(() => {
		if (!isFirstPage) heading.current?.focus({ preventScroll: true })
		isFirstPage = false
	}, [])
	const tabTitle = documentTitle ?? title
	useEffect(() => {
		document.title = `${tabTitle} · Postern`
	}, [tabTitle])
	return (
		<div className={classes.page} data-width={width}>
			{before && <div className={classes.before}>{before}</div>}
			<div className={classes.head}>
				<h1 ref={heading} tabIndex={-1} className={classes.title}>
					{title}
				</h1>
				{actions && <div className={classes.actions}>{actions}</div>}
			</div>
			{description && <p className={classes.description}>{description}</p>}
			{children}
		</div>
	)
}

/** A part of a page on its own surface; without a title where the page's own says it. With an `id`, addresses may name it. */
export function Section({
	id,
	title,
	description,
	actions,
	children,
}: {
	readonly id?: string
	readonly title?: string
	readonly description?: ReactNode
	readonly actions?: ReactNode
	readonly children?: ReactNode
}) {
	const heading = useRef<HTMLHeadingElement>(null)
	useNamedByAddress(id, heading)
	return (
		<section id={id} className={classes.section}>
			{title !== undefined && (
				<div className={classes.sectionHead}>
					<h2 ref={heading} tabIndex={id === undefined ? undefined : -1} className={classes.sectionTitle}>
						{title}
					</h2>
					{actions}
				</div>
			)}
			{description && <p className={classes.description}>{description}</p>}
			{children}
		</section>
	)
}

/** Comes to a part that the address names (`#id`), also when it is drawn later than its page, after the page's own focus. */
function useNamedByAddress(id: string | undefined, heading: RefObject<HTMLElement | null>): void {
	// The same link may be followed twice.
	const named = useRouterState({
		select: ({ location }) => (location.hash === id ? `visit ${location.state.__TSR_key}` : undefined),
	})
	useEffect(() => {
		if (named === undefined) return
		const timer = setTimeout(() => {
			heading.current?.focus({ preventScroll: true })
			heading.current?.scrollIntoView({ block: 'start' })
		})
		return () => clearTimeout(timer)
	}, [named, heading])
}
