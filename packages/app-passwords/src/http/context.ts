import type { Argument } from './arguments.ts'
import type { Parameters } from './parameters.ts'
import type { Context } from './user-document.ts'

export const contextArgument: Argument = {
	description: 'Scope under which the request is made; determines fields present in response.',
	type: 'string',
	enum: ['view', 'embed', 'edit'],
	default: 'view',
	required: false,
}

/** The context a checked call asks for. */
export function contextOf(parameters: Parameters): Context {
	const context = parameters.get('context')
	return context === 'embed' || context === 'edit' ? context : 'view'
}
