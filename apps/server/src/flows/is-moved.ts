/**
 * Whether one address is another site than the other: its host, port or folder differs, as sites of a network do, or https became
 * http. http that became https is the same site, more safely.
 */
export function isMoved(from: string, to: string): boolean {
	const [before, after] = [new URL(from), new URL(to)]
	const isLessSafe = before.protocol === 'https:' && after.protocol !== 'https:'
	return isLessSafe || placeOf(from) !== placeOf(to)
}

/** Host and folder, by whichever scheme, with a slash at the end or without. */
export function placeOf(address: string): string {
	const { host, pathname } = new URL(address)
	return `${host}${pathname.replace(/\/+$/, '')}`
}
