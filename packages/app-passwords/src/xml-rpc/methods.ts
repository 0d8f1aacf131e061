import type { XmlRpcValue } from '@postern/wordpress'
import type { Signed } from '../http/caller.ts'
import type { HandlerOptions } from '../http/options.ts'
import { mayListUsers } from '../http/password-rights.ts'
import type { Grants, MaybePromise, User } from '../types.ts'
import { fault, give, type MethodOutcome } from './outcome.ts'
import { filterUsers } from './user-filter.ts'
import { readFieldNames, userStruct } from './user-struct.ts'

type Params = readonly XmlRpcValue[]

/** A method that needs a login has its user name at `userAt` and the password behind it. */
export type Method<U extends User, G extends Grants> =
	| { readonly userAt: null; readonly run: (params: Params) => MethodOutcome }
	| {
			readonly userAt: 0 | 1
			/** Fewer parameters are a fault before anybody logs in. */
			readonly least: number
			readonly run: (caller: Signed<U, G>, params: Params) => MaybePromise<MethodOutcome>
	  }

/** WordPress' methods that concern people and their logins. */
export function createMethods<U extends User, G extends Grants>(
	options: HandlerOptions<U, G>,
): ReadonlyMap<string, Method<U, G>> {
	const blogs = ({ user }: Signed<U, G>): MethodOutcome => listBlogs(user, options)
	return new Map<string, Method<U, G>>([
		['demo.addTwoNumbers', { userAt: null, run: addTwoNumbers }],
		['demo.sayHello', { userAt: null, run: () => give('Hello!') }],
		['metaWeblog.getUsersBlogs', { userAt: 1, least: 3, run: blogs }],
		['blogger.getUsersBlogs', { userAt: 1, least: 3, run: blogs }],
		['wp.getProfile', { userAt: 1, least: 3, run: ({ user }, params) => describe(user, params[3]) }],
		['wp.getUsers', { userAt: 1, least: 3, run: (caller, params) => getUsers(caller, params, options) }],
		['wp.getUser', { userAt: 1, least: 4, run: (caller, params) => getUser(caller, params, options) }],
		['wp.getUsersBlogs', { userAt: 0, least: 2, run: blogs }],
	])
}

function addTwoNumbers([one, other]: Params): MethodOutcome {
	if (!Number.isInteger(one) || !Number.isInteger(other))
		return fault(400, 'Invalid arguments passed to this XML-RPC method. Requires two integers.')
	return give(Number(one) + Number(other))
}

function listBlogs<U extends User, G extends Grants>(user: U, { site }: HandlerOptions<U, G>): MethodOutcome {
	return give([
		{
			isAdmin: user.role === 'administrator',
			url: `${site.url}/`,
			blogid: '1',
			blogName: site.name,
			xmlrpc: `${site.url}/xmlrpc.php`,
		},
	])
}

const invalidFields = fault(400, 'The list of fields is not an array of names.')

function describe(user: User, fields: XmlRpcValue | undefined): MethodOutcome {
	const names = readFieldNames(fields)
	return names === undefined ? invalidFields : give(userStruct(user, names))
}

async function getUser<U extends User, G extends Grants>(
	caller: Signed<U, G>,
	[, , , given, fields]: Params,
	options: HandlerOptions<U, G>,
): Promise<MethodOutcome> {
	const id = readId(given)
	if (id === caller.user.id) return describe(caller.user, fields)
	if (!mayListUsers(caller, options)) return fault(401, 'Sorry, you are not allowed to edit this user.')
	const user = id === undefined ? undefined : await options.users.findById(id, caller.user)
	return user === undefined ? fault(404, 'Invalid user ID.') : describe(user, fields)
}

/** A whole number, or its digits and nothing else: PHP would make one of almost anything. */
function readId(given: XmlRpcValue | undefined): number | undefined {
	const isNumber = typeof given === 'number' || (typeof given === 'string' && /^\d{1,15}$/.test(given))
	const id = isNumber ? Number(given) : 0
	return Number.isSafeInteger(id) && id > 0 ? id : undefined
}

async function getUsers<U extends User, G extends Grants>(
	caller: Signed<U, G>,
	[, , , filter, fields]: Params,
	options: HandlerOptions<U, G>,
): Promise<MethodOutcome> {
	if (!mayListUsers(caller, options)) return fault(401, 'Sorry, you are not allowed to list users.')
	const found = filterUsers(await options.users.listFor(caller.user), filter)
	if (found === undefined) return fault(403, 'Invalid role.')
	const names = readFieldNames(fields)
	return names === undefined ? invalidFields : give(found.map((user) => userStruct(user, names)))
}
