import { endpoints } from '@postern/api/contract'
import { documentedProblems } from './openapi.ts'
import { inRoutingOrder } from './routing-order.ts'

const patterns = inRoutingOrder(endpoints.map((endpoint) => [endpoint.path, endpoint])).map(([, endpoint]) => ({
	endpoint,
	pattern: new RegExp(`^${endpoint.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

/** Throws for an answer that the contract does not promise: a problem it does not list, or an output of another shape. */
export function holdContract(
	{ method, path }: { method: string; path: string },
	{ status, body }: { status: number; body: unknown },
): void {
	const pathname = path.replace(/\?.*$/, '')
	const called = patterns.find(({ endpoint, pattern }) => endpoint.method === method && pattern.test(pathname))
	if (called === undefined) return
	const { endpoint } = called
	const name = `${endpoint.method} ${endpoint.path}`
	if (status < 400) {
		const read = endpoint.output?.safeParse(body)
		if (read?.success === false) throw new Error(`${name} gave another output: ${read.error.message}`)
		return
	}
	const { code } = Object(body)
	if (![...documentedProblems(endpoint)].includes(code)) throw new Error(`${name} does not list the problem ${code}`)
}
