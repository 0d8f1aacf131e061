/** Gives the focus a home when what had it has gone from the page: the page's heading. */
export function focusHeading(): void {
	document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}

/** For what takes the place of a button: takes the focus over, where that went with it. */
export function takeLostFocus(element: HTMLElement | null): void {
	if (document.activeElement === document.body) element?.focus({ preventScroll: true })
}

/** Longer than any dialog takes to close. */
const CLOSING_MS = 5_000

/**
 * A dialog that closes gives the focus back to its button a moment later, also to one that goes with its row; how much later
 * is up to the machine. The heading takes it over, once, unless the person does something themselves before.
 */
export function focusHeadingAfterDialog(): void {
	const over = new AbortController()
	const options = { capture: true, signal: over.signal }
	const takeOver = ({ target }: Event) => {
		if (!(target instanceof Element) || target.closest('main h1, [role="dialog"]') !== null) return
		over.abort()
		focusHeading()
	}
	document.addEventListener('focusin', takeOver, options)
	for (const own of ['keydown', 'pointerdown']) document.addEventListener(own, () => over.abort(), options)
	setTimeout(() => over.abort(), CLOSING_MS)
	focusHeading()
}
