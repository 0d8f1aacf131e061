import { fail, type Failure, type SiteCredential } from '@postern/vocabulary'
import type { GhostProbe, GhostReply } from './ask-ghost.ts'
import { likely, recognizeTrouble, sure, type Trouble } from './ghost-trouble.ts'

/** The route that proves a key: visitors are refused there, and any key that Ghost knows is let in. */
const proof = 'config/'

/**
 * Proves a key, once, and then asks the same without it: what lets everybody in proves nothing. Undefined: it is taken. The
 * key goes to the origin of the Admin API only, and no redirect is followed.
 */
export async function proveKey(
	adminApi: URL,
	credential: SiteCredential,
	probe: GhostProbe,
): Promise<Trouble | undefined> {
	const { host } = adminApi
	const url = new URL(proof, adminApi)
	const reply = await probe.ask('key', url, credential)
	if (reply.kind !== 'json') return judgeRefusal(reply, adminApi)
	const control = await probe.ask('control', url)
	return control.kind === 'json' ? sure('cache/shares-identity', { host }) : undefined
}

type Refusal = Exclude<GhostReply, { kind: 'json' }>

/** Says why a request that carried the key got no answer. */
export function judgeRefusal(reply: Refusal, { host, href }: URL): Trouble {
	const trouble = recognizeTrouble(reply, host)
	if (trouble !== undefined) return trouble
	if (reply.kind === 'trouble') return sure(reply.problem.code, reply.problem.params)
	const { status, headers } = reply
	if (status >= 300 && status < 400) {
		const target = URL.parse(headers.get('location')?.slice(0, 2_048) ?? '', href)?.origin ?? ''
		return sure('redirect/while-verifying', { host, target })
	}
	if (reply.kind === 'foreign') return likely('site/not-ghost', { host })
	return judgeError(reply, host)
}

function judgeError({ status, error }: Extract<GhostReply, { kind: 'refused' }>, host: string): Trouble {
	// The words of `jsonwebtoken`, which Ghost passes on.
	if (error.code === 'INVALID_JWT' && /jwt expired|maxage exceeded|jwt not active/i.test(error.message))
		return sure('site-credential/clock-differs', { host })
	if (status === 401 && error.type === 'UnauthorizedError')
		return sure('site-credential/admin-api-key-rejected', { host })
	// Ghost answers so where it saw no key at all.
	if (status === 403 && error.message.startsWith('Authorization failed'))
		return likely('site-credential/header-stripped', { host, server: '' }, 'site-credential/admin-api-key-rejected')
	return likely('api/blocked', { host, plugin: '' })
}

export function failWith({ code, params }: Trouble): Failure {
	return fail(code, { params })
}
