const everywhere = ['embed', 'view', 'edit']

const property = (type: string, context: readonly string[], more: Readonly<Record<string, unknown>> = {}) => ({
	type,
	context,
	readonly: true,
	...more,
})

/** The schema that OPTIONS tells of a person. Nothing of it can be changed here. */
export const userSchema: Readonly<Record<string, unknown>> = {
	$schema: 'http://json-schema.org/draft-04/schema#',
	title: 'user',
	type: 'object',
	properties: {
		id: property('integer', everywhere),
		username: property('string', ['edit']),
		name: property('string', everywhere),
		first_name: property('string', ['edit']),
		last_name: property('string', ['edit']),
		email: property('string', ['edit'], { format: 'email' }),
		url: property('string', everywhere, { format: 'uri' }),
		description: property('string', everywhere),
		link: property('string', everywhere, { format: 'uri' }),
		locale: property('string', ['edit']),
		nickname: property('string', ['edit']),
		slug: property('string', everywhere),
		roles: property('array', ['edit'], { items: { type: 'string' } }),
		registered_date: property('string', ['edit'], { format: 'date-time' }),
		capabilities: property('object', ['edit']),
		extra_capabilities: property('object', ['edit']),
		meta: property('object', ['view', 'edit']),
	},
}
