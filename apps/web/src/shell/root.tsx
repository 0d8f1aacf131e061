import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './shell.module.css'

/** What every page has: a way past the navigation. */
export function Root() {
	const { t } = useTranslation('shell')
	return (
		<>
			<a href="#content" className={classes.skip} onClick={skip}>
				{t('skip')}
			</a>
			<Outlet />
		</>
	)
}

/** Moves the focus itself, so that the address keeps its fragment to itself. */
function skip(event: { preventDefault(): void }): void {
	event.preventDefault()
	document.getElementById('content')?.focus()
}
