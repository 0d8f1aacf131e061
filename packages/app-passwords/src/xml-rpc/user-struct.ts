import { isXmlRpcArray, writableXml, XmlRpcDate, type XmlRpcStruct, type XmlRpcValue } from '@postern/wordpress'
import { slugOf } from '../http/user-document.ts'
import type { User } from '../types.ts'

const basic = ['username', 'registered', 'email', 'nicename', 'display_name']

/** The fields a caller asked for; undefined when that is no list of texts. All of them when nothing was said. */
export function readFieldNames(value: XmlRpcValue | undefined): readonly string[] | undefined {
	if (value === undefined) return ['all']
	if (!isXmlRpcArray(value)) return undefined
	const names = value.filter((name) => typeof name === 'string')
	return names.length === value.length ? names : undefined
}

/** A person as WordPress' XML-RPC writes one, in its order; `user_id` always, and as text. */
export function userStruct(user: User, fields: readonly string[]): XmlRpcStruct {
	const all: XmlRpcStruct = {
		username: user.login,
		first_name: '',
		last_name: '',
		registered: new XmlRpcDate(user.registered.toISOString().slice(0, 19).replaceAll('-', '')),
		bio: '',
		email: user.email,
		nickname: user.login,
		nicename: slugOf(user),
		url: '',
		display_name: writableXml(user.displayName),
		roles: [user.role],
	}
	const wanted = fields.includes('all') ? Object.keys(all) : fields.includes('basic') ? [...fields, ...basic] : fields
	const kept = Object.entries(all).filter(([name]) => wanted.includes(name))
	return { user_id: String(user.id), ...Object.fromEntries(kept) }
}
