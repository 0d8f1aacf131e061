import type { Grants, User } from '../types.ts'
import { noRoute, refuse, refuseParameters, type Reply } from './reply.ts'
import type { RestCall } from './rest-call.ts'
import type { Route } from './route.ts'
import { readRoute } from './route-spelling.ts'

/** As many as WordPress takes. */
const most = 25
const notAllowed = refuse(400, 'rest_batch_not_allowed', 'The requested route does not support batch requests.')

/** `/batch/v1`, where nothing can be batched: each request is refused in its place. */
export function batchRoute<U extends User, G extends Grants>(isKnown: (route: string) => boolean): Route<U, G> {
	return {
		pattern: '/batch/v1',
		namespace: '',
		segments: ['batch', 'v1'],
		endpoints: [
			{ methods: ['POST'], args: { requests: { required: true } }, run: (call) => refuseEach(call, isKnown) },
		],
	}
}

function refuseEach<U extends User, G extends Grants>(
	{ parameters }: RestCall<U, G>,
	isKnown: (route: string) => boolean,
): Reply {
	const requests = parameters.get('requests')
	if (!Array.isArray(requests)) return wrong('rest_invalid_type', 'requests is not of type array.')
	if (requests.length > most) return wrong('rest_too_many_items', `requests must have at most ${most} items.`)
	const responses = requests.map((request: unknown) => {
		const { status, body } = isKnown(pathOf(request)) ? notAllowed : noRoute
		return { body, status, headers: [] }
	})
	return { status: 207, body: { responses }, allow: 'POST' }
}

function wrong(code: string, message: string): Reply {
	return refuseParameters({ requests: { code, message } })
}

function pathOf(request: unknown): string {
	if (typeof request !== 'object' || request === null || !('path' in request)) return '-'
	return typeof request.path === 'string' ? (readRoute(request.path.split('?')[0] ?? '', true) ?? '-') : '-'
}
