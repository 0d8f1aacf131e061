const everywhere = ['view', 'edit', 'embed']
const shown = ['view', 'edit']

/** The schema that OPTIONS tells, in WordPress' words and order. */
export const passwordSchema: Readonly<Record<string, unknown>> = {
	$schema: 'http://json-schema.org/draft-04/schema#',
	title: 'application-password',
	type: 'object',
	properties: {
		uuid: {
			description: 'The unique identifier for the application password.',
			type: 'string',
			format: 'uuid',
			context: everywhere,
			readonly: true,
		},
		app_id: {
			description: 'A UUID provided by the application to uniquely identify it, or nothing.',
			type: 'string',
			oneOf: [
				{ type: 'string', format: 'uuid' },
				{ type: 'string', enum: [''] },
			],
			context: everywhere,
		},
		name: {
			description: 'The name of the application password.',
			type: 'string',
			required: true,
			context: everywhere,
			minLength: 1,
			pattern: '.*\\S.*',
		},
		password: {
			description: 'The password itself; only in the answer to its creation.',
			type: 'string',
			context: ['edit'],
			readonly: true,
		},
		created: {
			description: 'When it was created, in UTC.',
			type: 'string',
			format: 'date-time',
			context: shown,
			readonly: true,
		},
		last_used: {
			description: 'When it was last used, in UTC, true to a day.',
			type: ['string', 'null'],
			format: 'date-time',
			context: shown,
			readonly: true,
		},
		last_ip: {
			description: 'The address it was last used from.',
			type: ['string', 'null'],
			format: 'ip',
			context: shown,
			readonly: true,
		},
	},
}
