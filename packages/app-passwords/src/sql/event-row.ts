import type { Grants, PasswordEvent, User } from '../types.ts'

/** An event as its row, under the names of its columns. */
export type EventRow = {
	readonly at: number
	readonly event: string
	readonly user_id: number | null
	readonly password_uuid: string | null
	readonly code: string | null
	readonly by_id: number | null
	readonly with_password: string | null
	readonly ip: string
	readonly request_id: string | null
	/** JSON: the password, and what it was before. */
	readonly details: string | null
}

export function eventRow<U extends User, G extends Grants>(told: PasswordEvent<U, G>): EventRow {
	const { event, at, user, password, before, code, occasion } = told
	return {
		at: at.getTime(),
		event,
		user_id: user?.id ?? null,
		password_uuid: password?.uuid ?? null,
		code: code ?? null,
		by_id: occasion.by?.id ?? null,
		with_password: occasion.withPassword,
		ip: occasion.ip,
		request_id: occasion.requestId,
		// A login changes nothing, and there are many of them.
		details: password === null || event === 'authenticated' ? null : JSON.stringify({ password, before }),
	}
}
