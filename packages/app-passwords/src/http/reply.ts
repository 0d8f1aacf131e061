import type { WordPressError } from '../types.ts'

/** What a route says, before it is put into headers and text. */
export type Reply = {
	readonly status: number
	readonly body: unknown
	/** The methods that this caller may use here. */
	readonly allow?: string
	readonly headers?: Readonly<Record<string, string>>
}

/** A refusal in WordPress' shape: `{code, message, data: {status, …}}`. */
export function refuse(
	status: number,
	code: string,
	message: string,
	data: Readonly<Record<string, unknown>> = {},
): Reply {
	return { status, body: { code, message, data: { status, ...data } } }
}

export function refuseWith(error: WordPressError): Reply {
	const { status, code, message, retryAfterSeconds, params } = error
	const reply = refuse(status, code, message, params === undefined ? {} : describeParameters(params))
	return retryAfterSeconds === undefined ? reply : { ...reply, headers: { 'Retry-After': String(retryAfterSeconds) } }
}

export type ParameterErrors = Readonly<Record<string, { readonly code: string; readonly message: string }>>

export function refuseParameters(errors: ParameterErrors): Reply {
	const names = Object.keys(errors).join(', ')
	return refuse(400, 'rest_invalid_param', `Invalid parameter(s): ${names}`, describeParameters(errors))
}

function describeParameters(errors: ParameterErrors): Readonly<Record<string, unknown>> {
	const entries = Object.entries(errors)
	return {
		params: Object.fromEntries(entries.map(([name, { message }]) => [name, message])),
		details: Object.fromEntries(entries.map(([name, error]) => [name, { ...error, data: null }])),
	}
}

export const noRoute = refuse(404, 'rest_no_route', 'No route was found matching the URL and request method.')
export const notLoggedIn = refuse(401, 'rest_not_logged_in', 'You are not currently logged in.')
export const unknownUser = refuse(404, 'rest_user_invalid_id', 'Invalid user ID.')
export const brokenEncoding = refuse(400, 'rest_invalid_encoding', 'The request is not valid UTF-8.')
export const bodyTooLarge = refuse(413, 'rest_request_too_large', 'The request body is too large.')
export const ambiguousRoute = refuse(400, 'rest_ambiguous_route', 'The request names its route in more than one way.')
