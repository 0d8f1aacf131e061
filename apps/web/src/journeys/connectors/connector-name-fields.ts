/** Problems of a name stand at the field. */
export const connectorNameFields = {
	'connector-name/required': 'name',
	'connector-name/too-long': 'name',
	'connector-name/malformed': 'name',
} as const
