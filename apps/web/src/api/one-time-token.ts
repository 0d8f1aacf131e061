import { redirect } from '@tanstack/react-router'
import { readToken } from './read-token.ts'

const paths = ['/recover', '/join', '/connect'] as const
type Place = { readonly location: { readonly pathname: string; readonly hash: string } }

/** Tokens that came with an address, by page: in memory only, so that signing in on the way does not lose them. */
const taken = new Map<string, string>()

/**
 * Takes the token of `/join#<token>` out of the address and its history entry before the page is drawn, and hands it to
 * the page. Each new link replaces the one before.
 */
export function takeToken({ location: { pathname, hash } }: Place): { readonly token: string | undefined } {
	if (hash === '') return { token: taken.get(pathname) }
	const token = readToken(hash)
	if (token === undefined) taken.delete(pathname)
	else taken.set(pathname, token)
	const to = paths.find((path) => path === pathname) ?? '/recover'
	throw redirect({ to, hash: '', replace: true })
}

/** Drops a token that has done its work. */
export function dropToken(token: string): void {
	for (const [path, held] of taken) if (held === token) taken.delete(path)
}
