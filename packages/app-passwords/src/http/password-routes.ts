import { andThen } from '../maybe-promise.ts'
import type { ApplicationPassword, Grants, MaybePromise, User } from '../types.ts'
import type { Argument } from './arguments.ts'
import type { Signed } from './caller.ts'
import { occasionOf } from './find-caller.ts'
import { givenBy } from './child-password.ts'
import { contextArgument, contextOf } from './context.ts'
import type { HandlerOptions } from './options.ts'
import { createdDocument, passwordDocument, passwordHref, passwordRecord } from './password-document.ts'
import { allowedMethods, mayDo, type PasswordAction } from './password-rights.ts'
import { passwordSchema } from './password-schema.ts'
import { notLoggedIn, refuse, refuseParameters, refuseWith, unknownUser, type Reply } from './reply.ts'
import type { RestCall } from './rest-call.ts'
import type { Caught, Endpoint, Route } from './route.ts'

const nameArgument: Argument = {
	description: 'The name of the application password.',
	type: 'string',
	minLength: 1,
	pattern: '.*\\S.*',
	required: true,
}
const appIdArgument: Argument = {
	description: 'A UUID provided by the application to uniquely identify it, or nothing.',
	oneOf: [
		{ type: 'string', format: 'uuid' },
		{ type: 'string', enum: [''] },
	],
	required: false,
}
const contextOnly = { context: contextArgument }

const refusals: Readonly<Record<PasswordAction, readonly [code: string, what: string]>> = {
	list: ['rest_cannot_list_application_passwords', 'list application passwords for this user'],
	create: ['rest_cannot_create_application_passwords', 'create application passwords for this user'],
	read: ['rest_cannot_read_application_password', 'read this application password'],
	edit: ['rest_cannot_edit_application_password', 'edit this application password'],
	delete: ['rest_cannot_delete_application_password', 'delete this application password'],
	'delete-all': ['rest_cannot_delete_application_passwords', 'delete application passwords for this user'],
	introspect: [
		'rest_cannot_introspect_app_password_for_non_authenticated_user',
		'introspect an application password of somebody else',
	],
}

/** What an action gets once everything before it is settled. */
type Settled<U extends User, G extends Grants> = {
	readonly call: RestCall<U, G>
	readonly caller: Signed<U, G>
	readonly owner: U
	readonly uuid: string
}
type Act<U extends User, G extends Grants> = (settled: Settled<U, G>) => MaybePromise<Reply>

/** The routes below `/wp/v2/users/<user>/application-passwords`. */
export function passwordRoutes<U extends User, G extends Grants>(options: HandlerOptions<U, G>): Route<U, G>[] {
	const acts = passwordActs(options)
	const endpoint = (methods: readonly string[], action: PasswordAction, args: Endpoint<U, G>['args']) => ({
		methods,
		args,
		run: (call: RestCall<U, G>, caught: Caught) => settle(action, { call, caught, options }, acts[action]),
	})
	const base = '/wp/v2/users/(?P<user_id>(?:[\\d]+|me))/application-passwords'
	const segments = ['wp', 'v2', 'users', ':user', 'application-passwords']
	const shared = { namespace: 'wp/v2', schema: passwordSchema } as const
	return [
		{
			...shared,
			pattern: base,
			segments,
			endpoints: [
				endpoint(['GET'], 'list', contextOnly),
				endpoint(['POST'], 'create', { app_id: appIdArgument, name: nameArgument }),
				endpoint(['DELETE'], 'delete-all', {}),
			],
		},
		{
			...shared,
			pattern: `${base}/introspect`,
			segments: [...segments, 'introspect'],
			endpoints: [endpoint(['GET'], 'introspect', contextOnly)],
		},
		{
			...shared,
			pattern: `${base}/(?P<uuid>[\\w\\-]+)`,
			segments: [...segments, ':uuid'],
			endpoints: [
				endpoint(['GET'], 'read', contextOnly),
				endpoint(['POST', 'PUT', 'PATCH'], 'edit', {
					app_id: appIdArgument,
					name: { ...nameArgument, required: false },
				}),
				endpoint(['DELETE'], 'delete', {}),
			],
		},
	]
}

/** Everything WordPress asks before the action, in its order: the feature, the owner, the right. */
function settle<U extends User, G extends Grants>(
	action: PasswordAction,
	asked: { call: RestCall<U, G>; caught: Caught; options: HandlerOptions<U, G> },
	act: Act<U, G>,
): MaybePromise<Reply> {
	const { call, caught, options } = asked
	const { caller, request, parameters } = call
	const conflict = findConflict(parameters, caught)
	if (conflict !== undefined) return conflict
	if (!options.appPasswords.isAvailable(request)) return disabled
	// WordPress first says whether the user exists, also to strangers.
	if (caller.by === 'nobody') return caught.user === 'me' ? notLoggedIn : refuseAction(action, 401)
	return andThen(findOwner(caller, caught.user, options), (owner) => {
		if (owner === undefined) return unknownUser
		if (!options.appPasswords.isAvailableFor(owner)) return disabledForUser
		const { uuid } = caught
		const place = uuid === '' ? { caller, owner } : { caller, owner, uuid }
		if (!mayDo(action, place, options)) return refuseAction(action, 403)
		const reply = act({ call, caller, owner, uuid })
		const allow = action === 'introspect' ? 'GET' : allowedMethods(place, options).join(', ')
		return andThen(reply, (said) => ({ ...said, allow }))
	})
}

const disabled = refuse(501, 'application_passwords_disabled', 'Application passwords are not available.')
const disabledForUser = refuse(
	501,
	'application_passwords_disabled_for_user',
	'Application passwords are not available for this account.',
)

function refuseAction(action: PasswordAction, status: 401 | 403): Reply {
	const [code, what] = refusals[action]
	return refuse(status, code, `You are not allowed to ${what}.`)
}

/** WordPress lets a query or a body replace what the path caught. Here they may only repeat it. */
function findConflict(parameters: RestCall['parameters'], { user, uuid }: Caught): Reply | undefined {
	if (parameters.size === 0) return undefined
	const names = [['user_id', user] as const, ...(uuid === '' ? [] : [['uuid', uuid] as const])]
	const wrong = names.filter(([name, caught]) => parameters.has(name) && !repeats(parameters.get(name), caught))
	if (wrong.length === 0) return undefined
	return refuseParameters(
		Object.fromEntries(
			wrong.map(([name]) => [name, { code: 'rest_ambiguous_param', message: `${name} differs from the path.` }]),
		),
	)
}

/** Anything else than a text or a number may have no text at all, or one that takes the stack. */
function repeats(given: unknown, caught: string): boolean {
	return given === caught || (typeof given === 'number' && String(given) === caught)
}

function findOwner<U extends User, G extends Grants>(
	caller: Signed<U, G>,
	user: string,
	{ users }: HandlerOptions<U, G>,
): MaybePromise<U | undefined> {
	if (user === 'me' || Number(user) === caller.user.id) return caller.user
	return Number(user) > 0 ? users.findById(Number(user), caller.user) : undefined
}

const notFound = refuse(404, 'rest_application_password_not_found', 'Application password not found.')

function passwordActs<U extends User, G extends Grants>(
	options: HandlerOptions<U, G>,
): Readonly<Record<PasswordAction, Act<U, G>>> {
	const { appPasswords, site } = options
	const show = (
		password: ApplicationPassword<G>,
		{ call, caller, owner }: Settled<U, G>,
		context = contextOf(call.parameters),
	) =>
		passwordDocument(password, {
			site,
			owner,
			context,
			allow: allowedMethods({ caller, owner, uuid: password.uuid }, options),
		})
	return {
		list: (settled) =>
			andThen(appPasswords.list(settled.owner), (passwords) => ({
				status: 200,
				body: passwords.map((password) => show(password, settled)),
			})),
		create: (settled) => create(settled, options),
		read: (settled) =>
			andThen(appPasswords.find(settled.owner, settled.uuid), (password) =>
				password === undefined ? notFound : { status: 200, body: show(password, settled) },
			),
		introspect: (settled) => introspect(settled, options, (password) => show(password, settled)),
		edit: async (settled) => {
			const { call, caller, owner, uuid } = settled
			const name = call.parameters.get('name')
			const changes = typeof name === 'string' ? { name } : {}
			const updated = await appPasswords.update(owner, uuid, changes, occasionOf(caller, call.request))
			if (!updated.ok) return refusePassword(updated.error)
			return { status: 200, body: show(updated.value, settled, 'edit') }
		},
		delete: async ({ call, caller, owner, uuid }) => {
			const revoked = await appPasswords.revoke(owner, uuid, occasionOf(caller, call.request))
			if (!revoked.ok) return refusePassword(revoked.error)
			return { status: 200, body: { deleted: true, previous: passwordRecord(revoked.value, 'edit') } }
		},
		'delete-all': async ({ call, caller, owner }) => {
			const revoked = await appPasswords.revokeAll(owner, occasionOf(caller, call.request))
			return { status: 200, body: { deleted: true, count: revoked.length } }
		},
	}
}

/** REST names what is not found otherwise than the domain does. */
function refusePassword(error: Parameters<typeof refuseWith>[0]): Reply {
	return error.code === 'application_password_not_found' ? notFound : refuseWith(error)
}

async function create<U extends User, G extends Grants>(
	{ call, caller, owner }: Settled<U, G>,
	options: HandlerOptions<U, G>,
): Promise<Reply> {
	const { appPasswords, site } = options
	const given = givenBy(caller, owner, options)
	if (given === undefined) return refuseAction('create', 403)
	const [name, appId] = [call.parameters.get('name'), call.parameters.get('app_id')]
	const wanted = { ...given, name: String(name), ...(typeof appId === 'string' ? { appId } : {}) }
	const issued = await appPasswords.create(owner, wanted, occasionOf(caller, call.request))
	if (!issued.ok) return refuseWith(issued.error)
	const { password, secret } = issued.value
	const allow = allowedMethods({ caller, owner, uuid: password.uuid }, options)
	return {
		status: 201,
		body: createdDocument(password, secret, { site, owner, allow }),
		headers: { Location: passwordHref(site, owner, password.uuid) },
	}
}

const noneUsed = refuse(
	404,
	'rest_no_authenticated_app_password',
	'This request was not authenticated with an application password.',
)
const vanished = refuse(500, 'rest_application_password_not_found', 'Application password not found.')

function introspect<U extends User, G extends Grants>(
	{ caller, owner }: Settled<U, G>,
	{ appPasswords }: HandlerOptions<U, G>,
	show: (password: ApplicationPassword<G>) => unknown,
): MaybePromise<Reply> {
	if (caller.by !== 'password') return noneUsed
	return andThen(appPasswords.find(owner, caller.held.password.uuid), (password) =>
		password === undefined ? vanished : { status: 200, body: show(password) },
	)
}
