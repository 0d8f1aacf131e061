import { expect } from 'vitest'

/** A refusal in WordPress' shape; nothing may depend on its message, but it has one. */
export function refusal(status: number, code: string): object {
	return { status, body: { code, message: expect.stringMatching(/./), data: { status } } }
}

/** A refused parameter, with the kind of fault as WordPress tells it. */
export function refusedParameter(name: string, kind: string): object {
	return {
		status: 400,
		body: { code: 'rest_invalid_param', data: { status: 400, details: { [name]: { code: kind } } } },
	}
}

export const fault = (code: number): object => ({ status: 200, kind: 'fault', code })

/** `YYYY-MM-DDTHH:MM:SS`, UTC without saying so. */
export const wireDate: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
/** Six groups of four. */
export const shownPassword: unknown = expect.stringMatching(/^([A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}$/)
export const uuidV4: unknown = expect.stringMatching(
	/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
)

/** Never issued to anybody. */
export const neverIssued = 'abcd EFGH 1234 ijkl MNOP 5678'
