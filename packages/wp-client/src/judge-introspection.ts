import { asRecord, asText, decodeEntities } from '@postern/wordpress'
import type { ApiReply } from './ask-api.ts'
import { readFeatureOff, whileVerifying } from './judge-login.ts'
import type { Probe } from './probe.ts'
import { type Trouble, trouble } from './trouble.ts'

export type Introspection =
	| { readonly kind: 'known'; readonly uuid: string; readonly name: string }
	/** The route is not there (WordPress 5.6), or closed by a plugin: the login stands, the password's id stays unknown. */
	| { readonly kind: 'missing' }
	| { readonly kind: 'failed'; readonly trouble: Trouble }

type Context = { readonly host: string; readonly username: string; readonly quote: Probe['quote'] }

/** Reads the answer of `application-passwords/introspect`, asked after `users/me` let us in. */
export function judgeIntrospection(reply: ApiReply, context: Context): Introspection {
	if (reply.kind === 'redirect')
		return { kind: 'failed', trouble: whileVerifying(context.host, context.quote(reply.target?.origin ?? '')) }
	if (reply.kind === 'refused') return judgeRefusal(reply.error.code, context)
	if (reply.kind !== 'json') return { kind: 'missing' }
	const password = asRecord(reply.value) ?? {}
	const uuid = context.quote(asText(password['uuid']))
	if (!/^[\w-]{1,64}$/.test(uuid)) return { kind: 'missing' }
	return { kind: 'known', uuid, name: context.quote(decodeEntities(asText(password['name']))) }
}

function judgeRefusal(code: string, context: Context): Introspection {
	if (code === 'rest_no_authenticated_app_password')
		return { kind: 'failed', trouble: trouble('site-credential/not-what-authenticated', { host: context.host }) }
	const off = readFeatureOff(code, context)
	return off === undefined ? { kind: 'missing' } : { kind: 'failed', trouble: off }
}
