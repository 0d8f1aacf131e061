/** Gives the focus a home when what had it has gone from the page: the page's heading. */
export function focusHeading(): void {
	document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
