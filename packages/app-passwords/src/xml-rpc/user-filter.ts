import { defaultCapabilities, isXmlRpcStruct, type XmlRpcStruct, type XmlRpcValue } from '@postern/wordpress'
import { slugOf } from '../http/user-document.ts'
import type { User } from '../types.ts'

/** Applies the filter of `wp.getUsers`; undefined when it names a role that there is not. By login name if nothing is said. */
export function filterUsers<U extends User>(
	users: readonly U[],
	given: XmlRpcValue | undefined,
): readonly U[] | undefined {
	const filter = given !== undefined && isXmlRpcStruct(given) ? given : {}
	const { role, who } = filter
	if (role !== undefined && !isRole(role)) return undefined
	const found = users.filter(
		(user) => (role === undefined || user.role === role) && (who !== 'authors' || isAuthor(user)),
	)
	const sorted = sort(found, filter)
	const start = count(filter['offset']) ?? 0
	// WordPress stops at 50 where no number is given; here, as with 0, all are meant.
	const number = count(filter['number']) ?? 0
	return sorted.slice(start, number === 0 ? undefined : start + number)
}

function isRole(role: XmlRpcValue): boolean {
	return typeof role === 'string' && Object.hasOwn(defaultCapabilities, role)
}

/** WordPress' authors are all above user level 0. */
function isAuthor({ role }: User): boolean {
	return defaultCapabilities[role].includes('level_1')
}

/** WordPress takes a number's distance from zero, and of a text the digits it begins with. */
function count(value: XmlRpcValue | undefined): number | undefined {
	if (value === undefined) return undefined
	const number =
		typeof value === 'string' ? Number.parseInt(value, 10) : typeof value === 'number' ? Math.trunc(value) : 0
	return Number.isSafeInteger(number) ? Math.abs(number) : 0
}

const loginOf = (user: User): string => user.login.toLowerCase()
const keys = new Map<string, (user: User) => string | number>(
	Object.entries({
		id: (user) => user.id,
		display_name: (user) => user.displayName.toLowerCase(),
		name: (user) => user.displayName.toLowerCase(),
		nicename: slugOf,
		user_nicename: slugOf,
		email: (user) => user.email.toLowerCase(),
		user_email: (user) => user.email.toLowerCase(),
		registered: (user) => user.registered.getTime(),
		user_registered: (user) => user.registered.getTime(),
	}),
)

function sort<U extends User>(users: readonly U[], { orderby, order }: XmlRpcStruct): readonly U[] {
	const key = typeof orderby === 'string' ? (keys.get(orderby.toLowerCase()) ?? loginOf) : loginOf
	// Without `orderby` WordPress does not look at `order`.
	const isDown = orderby !== undefined && typeof order === 'string' && order.toUpperCase() === 'DESC'
	return [...users].sort((one, other) => {
		const [a, b] = isDown ? [key(other), key(one)] : [key(one), key(other)]
		return a < b ? -1 : a > b ? 1 : one.id - other.id
	})
}
