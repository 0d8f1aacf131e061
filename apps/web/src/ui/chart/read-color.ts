/**
 * A color of the page as a canvas takes it: worked out, for light or dark as the page is now. Each from an element of its own:
 * one that changes its color may take a moment to it.
 */
export function readColor(name: string, within: HTMLElement): string {
	const probe = within.ownerDocument.createElement('span')
	probe.style.color = `var(${name})`
	within.append(probe)
	const { color } = getComputedStyle(probe)
	probe.remove()
	return color
}
