import { fail, ok, type Failure, type Result } from '@postern/vocabulary'
import type { Fields, RestMethod } from '../request.ts'
import { refuseParameter } from './parameter-tree.ts'
import { refuseHeader } from './read-headers.ts'

const methods: readonly RestMethod[] = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
const byName: ReadonlyMap<string, RestMethod> = new Map(methods.map((method) => [method, method]))
const bodiless: ReadonlySet<RestMethod> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Where parameters come from the query alone. WordPress would read a JSON body there too, unseen by caches and logs. */
export function takesBody(method: RestMethod): boolean {
	return !bodiless.has(method)
}

/**
 * The method that WordPress would run. Only a POST may be re-named (`@wordpress/api-fetch` sends PUT, PATCH and DELETE so);
 * WordPress would re-name a GET as well, and a GET of ours changes nothing.
 */
export function readMethod(
	method: string,
	given: { readonly parameter: Fields; readonly header: string | undefined },
): Result<RestMethod> {
	const own = byName.get(method)
	if (own === undefined) return refuseMethod()
	const parameter = given.parameter.get('_method')
	if (parameter === undefined && given.header === undefined) return ok(own)
	if (own !== 'POST')
		return parameter === undefined ? refuseHeader('x-http-method-override') : refuseParameter('_method')
	const fromParameter = typeof parameter === 'string' ? parameter.toUpperCase() : undefined
	const fromHeader = given.header?.trim().toUpperCase()
	if (fromParameter !== undefined && fromHeader !== undefined && fromParameter !== fromHeader) {
		return fail('gateway/parameter-conflict', { params: { name: '_method' } })
	}
	const run = byName.get(fromParameter ?? fromHeader ?? '')
	return run === undefined ? refuseMethod() : ok(run)
}

function refuseMethod(): Failure {
	return fail('request/method-not-allowed', { params: { allow: methods.join(', ') } })
}
