import { MANAGE_SCOPE, type Grants, type User } from '../types.ts'
import type { Caller } from './caller.ts'
import type { HandlerOptions } from './options.ts'

export type PasswordAction = 'list' | 'create' | 'read' | 'edit' | 'delete' | 'delete-all' | 'introspect'

/**
 * Whether the caller may do this with the owner's passwords. An application password manages none, unless it was issued with
 * `app-passwords:manage`; what it may always do is look at itself and end itself, which is how a client disconnects.
 */
export function mayDo<U extends User, G extends Grants>(
	action: PasswordAction,
	{ caller, owner, uuid }: { caller: Caller<U, G>; owner: U; uuid?: string },
	options: HandlerOptions<U, G>,
): boolean {
	if (caller.by === 'nobody') return false
	const isOwn = caller.user.id === owner.id
	if (action === 'introspect') return isOwn
	const mayManage = isOwn || (options.mayManagePasswordsOf ?? isAdministrator)(caller, owner)
	if (caller.by === 'session') return mayManage
	if (caller.held.password.grants.scopes.includes(MANAGE_SCOPE)) return mayManage
	return isOwn && (action === 'read' || action === 'delete') && uuid === caller.held.password.uuid
}

function isAdministrator<U extends User, G extends Grants>(caller: Caller<U, G>): boolean {
	return caller.by !== 'nobody' && caller.user.role === 'administrator'
}

/** Whether the caller may see people other than himself. */
export function mayListUsers<U extends User, G extends Grants>(
	caller: Caller<U, G>,
	options: HandlerOptions<U, G>,
): boolean {
	return (options.mayListUsers ?? isAdministrator)(caller)
}

const collection = [
	['GET', 'list'],
	['POST', 'create'],
	['DELETE', 'delete-all'],
] as const
const item = [
	['GET', 'read'],
	['POST', 'edit'],
	['PUT', 'edit'],
	['PATCH', 'edit'],
	['DELETE', 'delete'],
] as const

/** The methods the caller may use on a person's passwords, or on one of them. */
export function allowedMethods<U extends User, G extends Grants>(
	place: { caller: Caller<U, G>; owner: U; uuid?: string },
	options: HandlerOptions<U, G>,
): readonly string[] {
	const methods = place.uuid === undefined ? collection : item
	return methods.filter(([, action]) => mayDo(action, place, options)).map(([method]) => method)
}
