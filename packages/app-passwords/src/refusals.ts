import type { Outcome, WordPressError } from './types.ts'

/** What this package refuses with, in WordPress' words where WordPress has one. Each stands in the README. */
const refusals = {
	invalid_username: [
		401,
		'There is no account of this name. Check the user name; it is not the name of the application password.',
	],
	invalid_email: [401, 'There is no account with this e-mail address.'],
	incorrect_password: [
		401,
		'This is not an application password of this account. The password of the account itself does not work here.',
	],
	application_passwords_disabled: [401, 'Application passwords are not available here.'],
	application_passwords_disabled_for_user: [401, 'Application passwords are not available for this account.'],
	invalid_application_credentials: [401, 'API logins are switched off for accounts with a second factor.'],
	application_password_expired: [401, 'This application password has expired.'],
	application_password_address: [401, 'This application password may not be used from this address.'],
	application_password_rate: [429, 'This application password has used up its requests for this minute.'],
	too_many_attempts: [429, 'Too many failed logins. Wait before you try again.'],
	application_password_empty_name: [400, 'An application password needs a name.'],
	application_password_name_too_long: [400, 'The name of an application password has at most 200 characters.'],
	application_password_invalid_app_id: [400, 'The application id must be a UUID in lower case.'],
	application_password_not_found: [404, 'There is no application password with this UUID.'],
} as const satisfies Record<string, readonly [status: number, message: string]>

type RefusalCode = keyof typeof refusals
export const refusalCodes = Object.keys(refusals)

type Refused = Extract<Outcome<never>, { ok: false }>

export function refuse(code: RefusalCode, retryAfterMs?: number): Refused {
	return refused(errorOf(code, retryAfterMs))
}

export function errorOf(code: RefusalCode, retryAfterMs?: number): WordPressError {
	const [status, message] = refusals[code]
	if (retryAfterMs === undefined) return { code, status, message }
	return { code, status, message, retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1_000)) }
}

export function refused(error: WordPressError): Refused {
	return { ok: false, error }
}

/** A value that the parameter `name` cannot have. */
export function refuseParameter(name: string, message: string): Refused {
	const params = { [name]: { code: 'rest_invalid_param', message } }
	return refused({ code: 'rest_invalid_param', status: 400, message: `Invalid parameter: ${name}.`, params })
}
