import type { ParsedArgs } from 'citty'

export const doctorArguments = {
	address: { type: 'positional', description: 'The site, as you would type it in a browser', required: true },
	user: {
		type: 'string',
		description:
			'Try the login too; the application password is asked for, read from standard input, or taken from POSTERN_SITE_PASSWORD',
		valueHint: 'username',
	},
	'edge-user': {
		type: 'string',
		description: 'The staging login in front of the site; its password likewise, or from POSTERN_EDGE_PASSWORD',
		valueHint: 'username',
	},
	pin: { type: 'string', description: 'Trust this very certificate and no other', valueHint: 'sha256' },
	transport: { type: 'string', description: 'rest, as usual, or xml-rpc', valueHint: 'name' },
	'try-draft': { type: 'boolean', description: 'With --user: write a marked draft, read it back, delete it' },
	'allow-private': {
		type: 'string',
		description: 'Private addresses that may be reached, as in POSTERN_ALLOW_PRIVATE',
		valueHint: 'addresses',
	},
	timeout: { type: 'string', description: 'Of one request', valueHint: 'seconds' },
	lang: { type: 'string', description: 'en or ja', valueHint: 'language' },
	json: { type: 'boolean', description: 'For programs' },
} as const

export type DoctorArguments = ParsedArgs<typeof doctorArguments>
