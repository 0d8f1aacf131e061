import type { Grants, User } from '../types.ts'
import { contextArgument } from './context.ts'
import { describeRoute } from './describe-route.ts'
import type { HandlerOptions } from './options.ts'
import type { RestCall } from './rest-call.ts'
import type { Route } from './route.ts'

const namespaces = ['wp/v2']
const args = { context: contextArgument }

/** The index, where a client learns that application passwords are available, and that of the namespace. */
export function indexRoutes<U extends User, G extends Grants>(
	options: HandlerOptions<U, G>,
	routes: () => readonly Route<U, G>[],
): Route<U, G>[] {
	const { site } = options
	const describeAll = (among: readonly Route<U, G>[]) =>
		Object.fromEntries(among.map((route) => [route.pattern, describeRoute(route, site.url)]))
	return [
		{
			pattern: '/',
			namespace: '',
			segments: [],
			endpoints: [
				{
					methods: ['GET'],
					args,
					run: (call) => ({
						status: 200,
						body: { ...describeSite(call, options), routes: describeAll(routes()), ...linksOf(options) },
						allow: 'GET',
					}),
				},
			],
		},
		{
			pattern: '/wp/v2',
			namespace: 'wp/v2',
			segments: ['wp', 'v2'],
			endpoints: [
				{
					methods: ['GET'],
					args,
					run: () => ({
						status: 200,
						body: {
							namespace: 'wp/v2',
							routes: describeAll(routes().filter((route) => route.namespace === 'wp/v2')),
							_links: { up: [{ href: `${site.url}/wp-json/` }] },
						},
						allow: 'GET',
					}),
				},
			],
		},
	]
}

function describeSite<U extends User, G extends Grants>(
	{ request }: RestCall<U, G>,
	{ site, appPasswords }: HandlerOptions<U, G>,
): Readonly<Record<string, unknown>> {
	const authorization = `${site.url}/wp-admin/authorize-application.php`
	return {
		name: site.name,
		description: site.description ?? '',
		url: site.url,
		home: site.url,
		gmt_offset: site.timezone?.gmtOffsetHours ?? 0,
		timezone_string: site.timezone?.name ?? 'UTC',
		namespaces,
		// PHP writes an empty map as a list, and clients expect it.
		authentication: appPasswords.isAvailable(request)
			? { 'application-passwords': { endpoints: { authorization } } }
			: [],
	}
}

function linksOf<U extends User, G extends Grants>({ site }: HandlerOptions<U, G>): Readonly<Record<string, unknown>> {
	return { _links: { self: [{ href: `${site.url}/wp-json/` }] } }
}
