import type { Grants, User } from '../types.ts'
import type { Arguments } from './arguments.ts'
import type { Route } from './route.ts'

/** What the index says about a route. */
export function describeRoute<U extends User, G extends Grants>(
	route: Route<U, G>,
	siteUrl: string,
): Readonly<Record<string, unknown>> {
	const described = { namespace: route.namespace, methods: methodsOf(route), endpoints: route.endpoints.map(describe) }
	// A pattern is no address.
	if (route.pattern.includes('(')) return described
	return { ...described, _links: { self: [{ href: `${siteUrl}/wp-json${route.pattern}` }] } }
}

/** What OPTIONS says about a route: with the schema of what it gives. */
export function describeFully<U extends User, G extends Grants>(
	route: Route<U, G>,
	siteUrl: string,
): Readonly<Record<string, unknown>> {
	const { _links, ...described } = describeRoute(route, siteUrl)
	const schema = route.schema === undefined ? {} : { schema: route.schema }
	return { ...described, ...schema, ...(_links === undefined ? {} : { _links }) }
}

function methodsOf<U extends User, G extends Grants>(route: Route<U, G>): readonly string[] {
	return route.endpoints.flatMap((endpoint) => endpoint.methods)
}

function describe({
	methods,
	args,
}: {
	methods: readonly string[]
	args: Arguments
}): Readonly<Record<string, unknown>> {
	// PHP writes an empty map as a list.
	return { methods, args: Object.keys(args).length === 0 ? [] : args }
}
