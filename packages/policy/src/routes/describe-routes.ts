import { coreRoutes, routesOfPosts, routesOfTerms } from './core-routes.ts'
import type { RouteMethod, Rule } from './route.ts'

export const routeMethods = ['GET', 'POST', 'EDIT', 'DELETE'] as const satisfies readonly RouteMethod[]

/** A route as documents show it: what each method takes, none where it is not admitted to. */
export type DescribedRoute = {
	readonly route: string
	readonly takes: Readonly<Record<RouteMethod, string>>
}

/** Every route that can be admitted to, those of plugins apart, in the table's order. */
export function describeRoutes(): readonly DescribedRoute[] {
	const custom = [...routesOfPosts('types:<rest_base>', '<rest_base>'), ...routesOfTerms('<taxonomy_rest_base>')]
	return [...coreRoutes, ...custom].map(({ template, rules }) => ({
		route: template.replaceAll(/<(\w+):\w+>/g, '<$1>'),
		takes: {
			GET: describe(rules.GET),
			POST: describe(rules.POST ?? rules.EDIT),
			EDIT: describe(rules.EDIT),
			DELETE: describe(rules.DELETE),
		},
	}))
}

function describe(rule: Rule | undefined): string {
	switch (rule?.kind) {
		case undefined:
		case 'never':
			return '–'
		case 'open':
			return 'any password'
		case 'batch':
			return 'what each item takes'
		case 'scopes':
			return [rule.scopes.join(' + '), ...describeEscalations(rule)].join('; ')
		case 'post-read':
		case 'revision-read':
			return `${rule.family}:read`
		case 'post-delete':
		case 'revision-delete':
			return `${rule.family}:delete`
		case 'post-create':
		case 'post-edit':
			return `${rule.family}:draft, ${rule.family}:write or ${rule.family}:publish`
	}
}

function describeEscalations({ escalations = [] }: Extract<Rule, { kind: 'scopes' }>): readonly string[] {
	return escalations.map(({ field, value, scope }) => {
		const like = value === undefined ? '' : ` ${value.source.replaceAll(/[^a-z]/g, '')}`
		return `with ${field}${like} also ${scope}`
	})
}
