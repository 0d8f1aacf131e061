import { isWordPressUuid, sanitizeApplicationName } from '@postern/wordpress'
import { isAddressRule } from './address-rules.ts'
import { refuse, refuseParameter } from './refusals.ts'
import type { Grants, NewPassword, Outcome, PasswordChanges } from './types.ts'

const mostNameLength = 200
/** Before tags are taken out; nobody types that much. */
const mostTypedLength = 10_000
const mostAddressRules = 100

/** What can be said of a password before it is made: all of it but its UUID and its times. */
type Wanted<G extends Grants> = Required<NewPassword<G>>

/** Reads what is wanted of a new password: the name as WordPress cleans it, and the rest filled in. */
export function readNewPassword<G extends Grants>(wanted: NewPassword<G>, now: Date): Outcome<Wanted<G>> {
	const name = readName(wanted.name)
	if (!name.ok) return name
	const { appId = '', expires = null, addresses = [], requestsPerMinute = null, grants } = wanted
	if (appId !== '' && !isWordPressUuid(appId)) return refuse('application_password_invalid_app_id')
	if (expires !== null && !(expires > now)) return refuseParameter('expires', 'Must lie in the future.')
	if (addresses.length > mostAddressRules || !addresses.every(isAddressRule)) {
		return refuseParameter('addresses', `Must be at most ${mostAddressRules} addresses or networks (CIDR).`)
	}
	if (requestsPerMinute !== null && !(Number.isSafeInteger(requestsPerMinute) && requestsPerMinute > 0)) {
		return refuseParameter('requestsPerMinute', 'Must be a whole number above zero.')
	}
	return { ok: true, value: { name: name.value, appId, expires, addresses: [...addresses], requestsPerMinute, grants } }
}

/** Cleans the name in a change; what is not in it stays out of it. */
export function readChanges<G extends Grants>(changes: PasswordChanges<G>): Outcome<PasswordChanges<G>> {
	if (changes.expires !== undefined && changes.expires !== null && Number.isNaN(changes.expires.getTime())) {
		return refuseParameter('expires', 'Must be a time.')
	}
	if (changes.name === undefined) return { ok: true, value: changes }
	const name = readName(changes.name)
	return name.ok ? { ok: true, value: { ...changes, name: name.value } } : name
}

function readName(typed: string): Outcome<string> {
	if (typed.length > mostTypedLength) return refuse('application_password_name_too_long')
	const name = sanitizeApplicationName(typed)
	if (name === '') return refuse('application_password_empty_name')
	if ([...name].length > mostNameLength) return refuse('application_password_name_too_long')
	return { ok: true, value: name }
}
