import { andThen } from '../maybe-promise.ts'
import type { Grants, User } from '../types.ts'
import { readInteger, type Arguments } from './arguments.ts'
import { contextArgument, contextOf } from './context.ts'
import type { HandlerOptions } from './options.ts'
import { mayListUsers } from './password-rights.ts'
import { notLoggedIn, refuse, unknownUser, type Reply } from './reply.ts'
import type { RestCall } from './rest-call.ts'
import type { Route } from './route.ts'
import { slugOf, userDocument } from './user-document.ts'
import { userSchema } from './user-schema.ts'

const contextOnly = { context: contextArgument }
const listArguments: Arguments = {
	...contextOnly,
	page: { type: 'integer', default: 1, minimum: 1, required: false },
	per_page: { type: 'integer', default: 10, minimum: 1, maximum: 100, required: false },
	search: { type: 'string', required: false },
	order: { type: 'string', default: 'asc', enum: ['asc', 'desc'], required: false },
	orderby: {
		type: 'string',
		default: 'name',
		enum: ['id', 'name', 'registered_date', 'slug', 'email'],
		required: false,
	},
}

const mayNotView = (status: 401 | 403): Reply =>
	refuse(status, 'rest_user_cannot_view', 'You are not allowed to see other users.')

/** The routes that show people: oneself to everybody, others to those who may. */
export function userRoutes<U extends User, G extends Grants>(options: HandlerOptions<U, G>): Route<U, G>[] {
	const shared = { namespace: 'wp/v2', schema: userSchema } as const
	return [
		{
			...shared,
			pattern: '/wp/v2/users',
			segments: ['wp', 'v2', 'users'],
			endpoints: [{ methods: ['GET'], args: listArguments, run: (call) => listUsers(call, options) }],
		},
		{
			...shared,
			pattern: '/wp/v2/users/me',
			segments: ['wp', 'v2', 'users', 'me'],
			endpoints: [{ methods: ['GET'], args: contextOnly, run: (call) => showSelf(call, options) }],
		},
		{
			...shared,
			pattern: '/wp/v2/users/(?P<id>[\\d]+)',
			segments: ['wp', 'v2', 'users', ':id'],
			endpoints: [
				{ methods: ['GET'], args: contextOnly, run: (call, { user }) => showUser(call, Number(user), options) },
			],
		},
	]
}

function showSelf<U extends User, G extends Grants>(call: RestCall<U, G>, options: HandlerOptions<U, G>): Reply {
	const { caller, parameters } = call
	return caller.by === 'nobody' ? notLoggedIn : show(caller.user, parameters, options)
}

function show<U extends User, G extends Grants>(
	user: U,
	parameters: RestCall['parameters'],
	{ site }: HandlerOptions<U, G>,
): Reply {
	return { status: 200, body: userDocument(user, site, contextOf(parameters)), allow: 'GET' }
}

function showUser<U extends User, G extends Grants>(
	{ caller, parameters }: RestCall<U, G>,
	id: number,
	options: HandlerOptions<U, G>,
) {
	const given = parameters.get('id')
	if (given !== undefined && readInteger(given) !== id) return conflictingId
	if (caller.by === 'nobody') return mayNotView(401)
	if (caller.user.id === id) return show(caller.user, parameters, options)
	return andThen(options.users.findById(id, caller.user), (user): Reply => {
		if (user === undefined) return unknownUser
		return mayListUsers(caller, options) ? show(user, parameters, options) : mayNotView(403)
	})
}

const conflictingId = refuse(400, 'rest_ambiguous_param', 'The parameter id differs from the path.')

function listUsers<U extends User, G extends Grants>(
	{ caller, parameters, request }: RestCall<U, G>,
	options: HandlerOptions<U, G>,
) {
	if (caller.by === 'nobody') return mayNotView(401)
	if (!mayListUsers(caller, options)) return mayNotView(403)
	return andThen(options.users.listFor(caller.user), (users): Reply => {
		const found = sort(search(users, parameters.get('search')), parameters)
		const page = readInteger(parameters.get('page')) ?? 1
		const size = readInteger(parameters.get('per_page')) ?? 10
		const shown = found.slice((page - 1) * size, page * size)
		const context = contextOf(parameters)
		return {
			status: 200,
			body: shown.map((user) => userDocument(user, options.site, context)),
			allow: 'GET',
			headers: pageHeaders(
				{ page, pages: Math.ceil(found.length / size), total: found.length },
				options,
				request.target,
			),
		}
	})
}

function search<U extends User>(users: readonly U[], wanted: unknown): readonly U[] {
	if (typeof wanted !== 'string' || wanted === '') return users
	const text = wanted.toLowerCase().replace(/^\*+|\*+$/g, '')
	return users.filter((user) =>
		[user.login, user.displayName, user.email].some((field) => field.toLowerCase().includes(text)),
	)
}

function sort<U extends User>(users: readonly U[], parameters: RestCall['parameters']): readonly U[] {
	const wanted = parameters.get('orderby')
	const key = (typeof wanted === 'string' ? sortKeys[wanted] : undefined) ?? nameOf
	const direction = parameters.get('order') === 'desc' ? -1 : 1
	return [...users].sort((one, other) => {
		const [a, b] = [key(one), key(other)]
		return direction * (a < b ? -1 : a > b ? 1 : one.id - other.id)
	})
}

const nameOf = (user: User): string => user.displayName.toLowerCase()
const sortKeys: Readonly<Record<string, (user: User) => string | number>> = {
	id: (user) => user.id,
	name: nameOf,
	registered_date: (user) => user.registered.getTime(),
	slug: slugOf,
	email: (user) => user.email.toLowerCase(),
}

type Pages = { readonly page: number; readonly pages: number; readonly total: number }

function pageHeaders<U extends User, G extends Grants>(
	{ page, pages, total }: Pages,
	{ site }: HandlerOptions<U, G>,
	target: string,
): Readonly<Record<string, string>> {
	const link = (number: number, rel: string): string => {
		const query = new URLSearchParams(target.split('?')[1] ?? '')
		query.delete('rest_route')
		query.set('page', String(number))
		return `<${site.url}/wp-json/wp/v2/users?${query.toString()}>; rel="${rel}"`
	}
	const links = [
		...(page > 1 ? [link(Math.min(page - 1, Math.max(pages, 1)), 'prev')] : []),
		...(page < pages ? [link(page + 1, 'next')] : []),
	]
	const counts = { 'X-WP-Total': String(total), 'X-WP-TotalPages': String(pages) }
	return links.length === 0 ? counts : { ...counts, Link: links.join(', ') }
}
