import { isScope, roleOf, scopesBeyond, type Role, type Scope } from '@postern/vocabulary'

/** What an application asks for beyond WordPress' parameters: nothing said is undefined. */
export type AskedAccess = {
	readonly scopes: readonly Scope[] | undefined
	readonly expiresInSeconds: number | undefined
	/** The site it is about, by its name in addresses of the gateway; the gateway says so. */
	readonly site: string | undefined
}

export type AccessFault =
	| { readonly code: 'scope_unknown'; readonly scope: string }
	| { readonly code: 'scope_beyond_role'; readonly scope: Scope; readonly needed: Role }
	| { readonly code: 'duplicate_param' | 'expires_in_format'; readonly parameter: 'expires_in' | 'connector' }
	| { readonly code: 'connector_unknown' }

/** Ten years. */
const longestSeconds = 315_360_000

/**
 * Reads `scope` (names with spaces between them), `expires_in` (seconds) and `connector`; one of the roles has to reach every
 * scope.
 */
export function readAskedAccess(
	query: string,
	roles: readonly Role[],
): { readonly access: AskedAccess; readonly faults: readonly AccessFault[] } {
	const parameters = new URLSearchParams(query)
	const names = new Set((parameters.get('scope') ?? '').split(' ').filter((name) => name !== ''))
	const scopes = [...names].filter(isScope)
	const faults: AccessFault[] = [...names]
		.filter((name) => !isScope(name))
		.map((name) => ({ code: 'scope_unknown', scope: name.slice(0, 60) }))
	for (const scope of scopes)
		if (roles.every((role) => scopesBeyond(role, [scope]).length > 0))
			faults.push({ code: 'scope_beyond_role', scope, needed: roleOf(scope) })
	const expiry = readExpiry(parameters.getAll('expires_in'))
	if (typeof expiry === 'string') faults.push({ code: expiry, parameter: 'expires_in' })
	const expiresInSeconds = typeof expiry === 'number' ? expiry : undefined
	const sites = parameters.getAll('connector')
	if (sites.length > 1) faults.push({ code: 'duplicate_param', parameter: 'connector' })
	const site = sites[0] === '' ? undefined : sites[0]
	return { access: { scopes: scopes.length === 0 ? undefined : scopes, expiresInSeconds, site }, faults }
}

function readExpiry(values: readonly string[]): number | undefined | 'duplicate_param' | 'expires_in_format' {
	if (values.length > 1) return 'duplicate_param'
	const [text = ''] = values
	if (text === '') return undefined
	const seconds = Number(text)
	return /^\d{2,9}$/.test(text) && seconds >= 60 && seconds <= longestSeconds ? seconds : 'expires_in_format'
}
