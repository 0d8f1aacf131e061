import type { Grants, MaybePromise, User } from '../types.ts'
import type { Arguments } from './arguments.ts'
import type { Reply } from './reply.ts'
import type { RestCall } from './rest-call.ts'

/** What a route's path caught: `me` or digits, and the handle of a password. */
export type Caught = { readonly user: string; readonly uuid: string }

export type Endpoint<U extends User, G extends Grants> = {
	readonly methods: readonly string[]
	readonly args: Arguments
	readonly run: (call: RestCall<U, G>, caught: Caught) => MaybePromise<Reply>
}

export type Route<U extends User, G extends Grants> = {
	/** As the index writes it: WordPress' regular expression for the path. */
	readonly pattern: string
	readonly namespace: '' | 'wp/v2'
	/** The path's segments; `:user` catches digits or `me`, `:id` digits, `:uuid` a handle. */
	readonly segments: readonly string[]
	readonly endpoints: readonly Endpoint<U, G>[]
	/** The shape of what it gives, for OPTIONS. */
	readonly schema?: Readonly<Record<string, unknown>>
}

const catching: Readonly<Record<string, RegExp>> = {
	':user': /^(?:me|\d{1,15})$/i,
	':id': /^\d{1,15}$/,
	':uuid': /^[\w-]+$/,
}

/** Compares without regard to letter case, as WordPress does. */
export function matchRoute(segments: readonly string[], path: readonly string[]): Caught | undefined {
	if (segments.length !== path.length) return undefined
	let user = ''
	let uuid = ''
	for (const [index, segment] of segments.entries()) {
		const text = path[index] ?? ''
		const caught = catching[segment]
		if (caught === undefined ? text.toLowerCase() !== segment : !caught.test(text)) return undefined
		if (segment === ':uuid') uuid = text
		else if (caught !== undefined) user = text.toLowerCase()
	}
	return { user, uuid }
}
