import { type DescribedRoute, describeRoutes } from '@postern/policy'

type Endpoint = { readonly methods: readonly string[]; readonly args: Readonly<Record<string, never>> }
type IndexedRoute = {
	readonly namespace: string
	readonly methods: readonly string[]
	readonly endpoints: readonly Endpoint[]
}

/**
 * The routes of WordPress itself in the shape of its index: clients exist that build what they can do out of them before they have
 * credentials. The same for every site, so it says nothing of any.
 */
export function indexedRoutes(): Readonly<Record<string, IndexedRoute>> {
	made ??= Object.fromEntries(
		describeRoutes()
			.filter(({ route }) => route.startsWith('/wp/v2/') && !route.includes('<rest_base>'))
			.map((described) => [patternOf(described.route), indexed(described)]),
	)
	return made
}

let made: Readonly<Record<string, IndexedRoute>> | undefined

/** WordPress' own spelling of a variable in a route. */
function patternOf(route: string): string {
	return route.replaceAll(/<(\w+)>/g, (_whole, name: string) =>
		name === 'id' || name === 'parent' ? `(?P<${name}>[\\d]+)` : `(?P<${name}>[\\w-]+)`,
	)
}

function indexed({ takes }: DescribedRoute): IndexedRoute {
	const is = (verb: keyof typeof takes) => takes[verb] !== '–'
	const edits = is('EDIT') ? ['POST', 'PUT', 'PATCH'] : is('POST') ? ['POST'] : []
	const groups = [is('GET') ? ['GET'] : [], edits, is('DELETE') ? ['DELETE'] : []].filter(({ length }) => length > 0)
	return { namespace: 'wp/v2', methods: groups.flat(), endpoints: groups.map((methods) => ({ methods, args: {} })) }
}
