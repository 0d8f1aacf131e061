/** Parameters by name. From a form or a query each is a text, or a list where the name had brackets. */
export type Parameters = ReadonlyMap<string, unknown>

export const noParameters: Parameters = new Map()

/** Why parameters cannot be read: broken percent-encoding or UTF-8, or one name with two values. */
export type Unreadable = 'encoding' | 'ambiguous'

/**
 * Reads a query or a form body (`application/x-www-form-urlencoded`). Strict where PHP guesses: broken UTF-8 and a name that is
 * given two different values are refused, so that nobody in front of us can have read another value than we do.
 */
export function readPairs(text: string): Parameters | Unreadable {
	if (text === '') return noParameters
	const parameters = new Map<string, unknown>()
	for (const pair of text.split('&')) {
		if (pair === '') continue
		const equals = pair.indexOf('=')
		const name = decode(equals === -1 ? pair : pair.slice(0, equals))
		const value = decode(equals === -1 ? '' : pair.slice(equals + 1))
		if (name === undefined || value === undefined) return 'encoding'
		if (!add(parameters, name, value)) return 'ambiguous'
	}
	return parameters
}

/** Adds a parameter as PHP would name it; false when it is there already with another value. */
export function add(parameters: Map<string, unknown>, name: string, value: string): boolean {
	const bracket = name.indexOf('[', 1)
	if (bracket !== -1) return addToList(parameters, name.slice(0, bracket), value)
	if (parameters.has(name)) return parameters.get(name) === value
	parameters.set(name, value)
	return true
}

function addToList(parameters: Map<string, unknown>, name: string, value: string): boolean {
	const list = parameters.get(name)
	if (list === undefined) parameters.set(name, [value])
	else if (Array.isArray(list)) list.push(value)
	else return false
	return true
}

function decode(text: string): string | undefined {
	const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
	if (!spaced.includes('%')) return spaced
	try {
		return decodeURIComponent(spaced)
	} catch {
		return undefined
	}
}
