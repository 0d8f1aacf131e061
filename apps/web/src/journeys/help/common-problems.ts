import type { ProblemCode } from '@postern/vocabulary'

/** What people meet most often while connecting a WordPress, the likeliest first. */
export const commonProblems = [
	'site-credential/rejected',
	'site-credential/looks-like-login-password',
	'application-passwords/off',
	'application-passwords/no-https',
	'site-credential/header-stripped',
	'site-credential/role-too-low',
	'site/not-wordpress',
	'network/unknown-host',
	'api/blocked',
	'api/not-found',
	'edge/challenge',
	'edge/basic-auth',
	'tls/expired',
	'site/maintenance',
] as const satisfies readonly ProblemCode[]

/** The first few, for the end of a guide. */
export const mostCommonProblems = commonProblems.slice(0, 6)
