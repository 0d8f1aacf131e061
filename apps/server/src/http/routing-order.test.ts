import { contract, type Endpoint } from '@postern/api/contract'
import { expect, it } from 'vitest'
import { inRoutingOrder } from './routing-order.ts'

const fits = (pattern: string, path: string) =>
	new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path.replaceAll(/[{}]/g, ''))

it('lets each endpoint be reached, in whatever order the contract lists them', () => {
	const all: [string, Endpoint][] = Object.entries(contract)
	for (const listed of [all, all.toReversed(), all.toSorted(([a], [b]) => a.localeCompare(b))]) {
		const routes = inRoutingOrder(listed)
		const answering = ({ method, path }: Endpoint) =>
			routes.find(([, route]) => route.method === method && fits(route.path, path))?.[0]
		expect(listed.map(([, endpoint]) => answering(endpoint))).toEqual(listed.map(([name]) => name))
	}
})
