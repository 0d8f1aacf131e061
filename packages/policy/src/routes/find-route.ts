import { coreRoutes, routesOfPosts, routesOfTerms } from './core-routes.ts'
import type { Route, VariableType } from './route.ts'

export type FoundRoute = {
	readonly route: Route
	/** By name; what stands in several segments has slashes. */
	readonly variables: ReadonlyMap<string, string>
}

type Node = {
	readonly literals: Map<string, Node>
	/** Tried after the literals, in the table's order. */
	readonly variables: { readonly name: string; readonly type: VariableType; readonly node: Node }[]
	route?: Route
}

const patterns: Readonly<Record<VariableType, RegExp>> = {
	// More figures than these are no id, and PHP would cut them down to one.
	digits: /^[0-9]{1,15}$/,
	word: /^[A-Za-z0-9_-]+$/,
	uuid: /^[A-Za-z0-9_-]+$/,
	file: /^[^/:<>*?"|]+$/,
}

const coreTree = plant(coreRoutes)
/** Custom types have all the same routes: `*` stands for the base. */
const typeTree = plant(routesOfPosts('types:*', '*'))
const termTree = plant(routesOfTerms('*'))

/** Finds a route of WordPress itself. Letter case does not count in what is literal (ASCII), as with WordPress. */
export function findCoreRoute(segments: readonly string[]): FoundRoute | undefined {
	return find(coreTree, segments)
}

/** Finds the route of a custom type of posts; which one `segments[2]` is, is for the caller to see to. */
export function findTypeRoute(segments: readonly string[]): FoundRoute | undefined {
	return findBelowAnyBase(typeTree, segments)
}

/** The same for a custom taxonomy. */
export function findTermRoute(segments: readonly string[]): FoundRoute | undefined {
	return findBelowAnyBase(termTree, segments)
}

function findBelowAnyBase(tree: Node, segments: readonly string[]): FoundRoute | undefined {
	if (lower(segments.slice(0, 2).join('/')) !== 'wp/v2' || segments[2] === undefined) return undefined
	return find(tree, ['wp', 'v2', '*', ...segments.slice(3)])
}

/**
 * Segments as the table has them: WordPress matches routes without regard to letter case, so what is literal gets the table's.
 * Ids, slugs, file names and routes that are in no table keep theirs. Those of a custom taxonomy are all a custom type's, too.
 */
export function inCanonicalCase(segments: readonly string[]): readonly string[] {
	const found = findCoreRoute(segments) ?? findTypeRoute(segments)
	if (found === undefined) return segments
	const parts = splitTemplate(found.route.template)
	return segments.map((segment, index) => (parts[index]?.kind === 'literal' ? lower(segment) : segment))
}

/** Whether WordPress itself has routes below this base of `wp/v2`: no custom type gets there. */
export function isCoreBase(base: string): boolean {
	return coreTree.literals.get('wp')?.literals.get('v2')?.literals.has(base) === true
}

function find(tree: Node, segments: readonly string[]): FoundRoute | undefined {
	const held: string[] = []
	const names: string[] = []
	const route = descend(tree, segments, 0, { names, held })
	if (route === undefined) return undefined
	const variables = new Map<string, string>()
	for (const [index, name] of names.entries()) {
		const before = variables.get(name)
		const value = held[index] ?? ''
		variables.set(name, before === undefined ? value : `${before}/${value}`)
	}
	return { route, variables }
}

type Trail = { readonly names: string[]; readonly held: string[] }

function descend(node: Node, segments: readonly string[], index: number, trail: Trail): Route | undefined {
	const segment = segments[index]
	if (segment === undefined) return node.route
	const literal = node.literals.get(segment) ?? node.literals.get(lower(segment))
	const found = literal && descend(literal, segments, index + 1, trail)
	if (found !== undefined) return found
	for (const { name, type, node: next } of node.variables) {
		if (!patterns[type].test(segment)) continue
		trail.names.push(name)
		trail.held.push(segment)
		const route = descend(next, segments, index + 1, trail)
		if (route !== undefined) return route
		trail.names.pop()
		trail.held.pop()
	}
	return undefined
}

/** Of ASCII alone, as PCRE without `u`. */
export function lower(text: string): string {
	return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text
}

function plant(routes: readonly Route[]): Node {
	const root = createNode()
	for (const route of routes) {
		let node = root
		for (const part of splitTemplate(route.template)) node = grow(node, part)
		if (node.route !== undefined) throw new Error(`Two routes are ${route.template}`)
		node.route = route
	}
	return root
}

function createNode(): Node {
	return { literals: new Map(), variables: [] }
}

function grow(node: Node, part: TemplatePart): Node {
	if (part.kind === 'literal') {
		const next = node.literals.get(part.text) ?? createNode()
		node.literals.set(part.text, next)
		return next
	}
	const known = node.variables.find(({ name, type }) => name === part.name && type === part.type)
	if (known !== undefined) return known.node
	const next = createNode()
	node.variables.push({ name: part.name, type: part.type, node: next })
	return next
}

export type TemplatePart =
	| { readonly kind: 'literal'; readonly text: string }
	| { readonly kind: 'variable'; readonly name: string; readonly type: VariableType }

export function splitTemplate(template: string): readonly TemplatePart[] {
	const parts = template.split('/').filter((part) => part !== '')
	return parts.map((part) => {
		const [, name, type] = /^<(\w+):(\w+)>$/.exec(part) ?? []
		if (name === undefined) return { kind: 'literal', text: part }
		if (!isVariableType(type)) throw new Error(`${template} has a variable of no type`)
		return { kind: 'variable', name, type }
	})
}

function isVariableType(text: string | undefined): text is VariableType {
	return text !== undefined && Object.hasOwn(patterns, text)
}
