import { takeFragment } from './take-fragment.ts'

/** Tokens taken from the address, by page: in memory, so that drawing the page again does not lose them. */
const taken = new Map<string, string>()

/** The token with which this page was opened; each new link replaces the one before. */
export function oneTimeToken(path: '/recover' | '/join'): string | undefined {
	const token = takeFragment()
	if (token !== undefined) taken.set(path, token)
	return taken.get(path)
}

/** Drops a token that has done its work. */
export function dropToken(path: '/recover' | '/join'): void {
	taken.delete(path)
}
