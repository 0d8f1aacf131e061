import { fail, ok, type Failure, type Result } from '@postern/vocabulary'
import type { FieldValue, RestMethod } from '../request.ts'
import { refuseParameter } from './parameter-tree.ts'
import { refuseHeader } from './read-headers.ts'

const methods: readonly RestMethod[] = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
const byName: ReadonlyMap<string, RestMethod> = new Map(methods.map((method) => [method, method]))
const bodiless: ReadonlySet<RestMethod> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Where parameters come from the query alone. WordPress would read a JSON body there too, unseen by caches and logs. */
export function takesBody(method: RestMethod): boolean {
	return !bodiless.has(method)
}

/** Of a request line: one of seven, in capitals. Fails with `request/method-not-allowed`. */
export function readMethod(method: string): Result<RestMethod> {
	const own = byName.get(method)
	return own === undefined ? refuseMethod() : ok(own)
}

/**
 * The method that WordPress would run. Only a POST may be re-named (`@wordpress/api-fetch` sends PUT, PATCH and DELETE so);
 * WordPress would re-name a GET as well, and a GET of ours changes nothing.
 */
export function settleMethod(
	own: RestMethod,
	given: { readonly parameter: FieldValue | undefined; readonly header: string | undefined },
): Result<RestMethod> {
	if (given.parameter === undefined && given.header === undefined) return ok(own)
	if (own !== 'POST') {
		return given.parameter === undefined ? refuseHeader('x-http-method-override') : refuseParameter('_method')
	}
	const fromParameter = typeof given.parameter === 'string' ? given.parameter.toUpperCase() : undefined
	const fromHeader = given.header?.trim().toUpperCase()
	if (fromParameter !== undefined && fromHeader !== undefined && fromParameter !== fromHeader) {
		return fail('gateway/parameter-conflict', { params: { name: '_method' } })
	}
	return readMethod(fromParameter ?? fromHeader ?? '')
}

function refuseMethod(): Failure {
	return fail('request/method-not-allowed', { params: { allow: methods.join(', ') } })
}
