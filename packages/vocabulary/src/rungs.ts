/** The steps of the ladder that *Authorize* climbs, in order. */
export const rungs = [
	'address',
	'secure-connection',
	'wordpress',
	'api',
	'application-passwords',
	'login',
	'permissions',
] as const
export type Rung = (typeof rungs)[number]

export type RungState = 'waiting' | 'running' | 'passed' | 'noted' | 'failed' | 'skipped'

/** What the site account may do, summed up from its WordPress capabilities. */
export const permissions = [
	'read',
	'draft',
	'publish',
	'edit-others',
	'pages',
	'upload',
	'categories',
	'moderate-comments',
	'manage-users',
	'manage-site',
] as const
export type Permission = (typeof permissions)[number]

/** State of a connector, as shown. `healthy` … each is an icon and a word. */
export const connectorStates = [
	'healthy',
	'limited',
	'needs-attention',
	'unreachable',
	'maintenance',
	'checking',
	'paused',
] as const
export type ConnectorState = (typeof connectorStates)[number]
