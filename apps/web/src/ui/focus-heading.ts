/** Gives the focus a home when what had it has gone from the page: the page's heading. */
export function focusHeading(): void {
	document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}

/** For what takes the place of a button: takes the focus over, where that went with it. */
export function takeLostFocus(element: HTMLElement | null): void {
	if (document.activeElement === document.body) element?.focus({ preventScroll: true })
}

/** A dialog that closes gives the focus back to its button within this time, also to one that goes with its row. */
const RETURN_MS = 50

export function focusHeadingAfterDialog(): void {
	setTimeout(focusHeading, RETURN_MS)
}
