import { isWordPressUuid } from '@postern/wordpress'
import type { Parameters } from './parameters.ts'
import { refuse, refuseParameters, type ParameterErrors, type Reply } from './reply.ts'

/** One parameter of an endpoint, in the keywords of JSON Schema that WordPress uses and shows in a route's description. */
export type Argument = {
	readonly description?: string
	readonly type?: 'string' | 'integer'
	readonly default?: string | number
	readonly enum?: readonly string[]
	readonly minLength?: number
	readonly minimum?: number
	readonly maximum?: number
	readonly pattern?: string
	readonly oneOf?: readonly { readonly type: 'string'; readonly format?: 'uuid'; readonly enum?: readonly string[] }[]
	readonly required: boolean
}
export type Arguments = Readonly<Record<string, Argument>>

type Trouble = { readonly code: string; readonly message: string } | undefined

/** Refuses as WordPress does: what is missing first, then all that is wrong, before anybody is asked who he is. */
export function checkArguments(args: Arguments, parameters: Parameters): Reply | undefined {
	const missing = Object.keys(args).filter((name) => args[name]?.required === true && !parameters.has(name))
	if (missing.length > 0) {
		const message = `Missing parameter(s): ${missing.join(', ')}`
		return refuse(400, 'rest_missing_callback_param', message, { params: missing })
	}
	if (parameters.size === 0) return undefined
	const errors: Record<string, NonNullable<Trouble>> = {}
	for (const [name, argument] of Object.entries(args)) {
		const trouble = parameters.has(name) ? check(name, argument, parameters.get(name)) : undefined
		if (trouble !== undefined) errors[name] = trouble
	}
	return Object.keys(errors).length === 0 ? undefined : refuseParameters(errors satisfies ParameterErrors)
}

function check(name: string, argument: Argument, value: unknown): Trouble {
	if (argument.oneOf !== undefined) return checkSchemas(name, argument.oneOf, value)
	if (argument.type === 'integer') return checkInteger(name, argument, value)
	if (argument.type === 'string' && typeof value !== 'string')
		return { code: 'rest_invalid_type', message: `${name} is not of type string.` }
	return typeof value === 'string' ? checkText(name, argument, value) : undefined
}

function checkText(name: string, argument: Argument, value: string): Trouble {
	const { enum: words, minLength = 0, pattern } = argument
	if (words !== undefined && !words.includes(value))
		return { code: 'rest_not_in_enum', message: `${name} is not one of ${words.join(', ')}.` }
	if (value.length < minLength)
		return { code: 'rest_too_short', message: `${name} must be at least ${minLength} character long.` }
	if (pattern !== undefined && !searchFor(pattern).test(value))
		return { code: 'rest_invalid_pattern', message: `${name} does not match pattern ${pattern}.` }
	return undefined
}

/** What WordPress' pattern begins and ends with changes nothing about a search, but its time: to the square of the length. */
function searchFor(pattern: string): RegExp {
	return new RegExp(pattern.replace(/^\.\*|\.\*$/g, ''), 'u')
}

function checkInteger(name: string, { minimum, maximum }: Argument, value: unknown): Trouble {
	const number = readInteger(value)
	if (number === undefined) return { code: 'rest_invalid_type', message: `${name} is not of type integer.` }
	const isWithin = number >= (minimum ?? number) && number <= (maximum ?? number)
	return isWithin ? undefined : { code: 'rest_out_of_bounds', message: `${name} is out of its bounds.` }
}

/** A number of a form or a query is text. */
export function readInteger(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined
	return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined
}

function checkSchemas(name: string, schemas: NonNullable<Argument['oneOf']>, value: unknown): Trouble {
	const isMatch = (schema: (typeof schemas)[number]): boolean =>
		typeof value === 'string' &&
		(schema.format === 'uuid' ? isWordPressUuid(value) : schema.enum?.includes(value) === true)
	if (schemas.some(isMatch)) return undefined
	return { code: 'rest_no_matching_schema', message: `${name} does not match any of the expected formats.` }
}
