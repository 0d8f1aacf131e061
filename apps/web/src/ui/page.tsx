import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
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

/** A part of a page on its own surface; without a title where the page's own says it. */
export function Section({
	title,
	description,
	actions,
	children,
}: {
	readonly title?: string
	readonly description?: ReactNode
	readonly actions?: ReactNode
	readonly children?: ReactNode
}) {
	return (
		<section className={classes.section}>
			{title !== undefined && (
				<div className={classes.sectionHead}>
					<h2 className={classes.sectionTitle}>{title}</h2>
					{actions}
				</div>
			)}
			{description && <p className={classes.description}>{description}</p>}
			{children}
		</section>
	)
}
