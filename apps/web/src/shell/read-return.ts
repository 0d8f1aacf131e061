import { isOwnPath } from './own-path.ts'

/**
 * Where to go after signing in; only a path of our own. What is refused is named `undefined`: the router lays this over what
 * the address says, and a key that is merely left out would keep the address's own value.
 */
export function readReturn(search: Record<string, unknown>): { readonly return?: string | undefined } {
	const wanted = search['return']
	return { return: typeof wanted === 'string' && isOwnPath(wanted) ? wanted : undefined }
}
