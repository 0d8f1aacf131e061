import type { ProblemCode } from '@postern/vocabulary'
import { readSiteUser, type SiteUser } from '@postern/wordpress'
import type { ApiReply } from './ask-api.ts'
import { isTwoFactorCode } from './fingerprints.ts'
import type { Probe } from './probe.ts'
import type { ReachableSite } from './types.ts'
import { likely, type Trouble, trouble } from './trouble.ts'

export type Login =
	| { readonly kind: 'user'; readonly user: SiteUser }
	| { readonly kind: 'failed'; readonly trouble: Trouble }
	/** Stock WordPress gives this answer to ten different situations: XML-RPC may tell them apart. */
	| { readonly kind: 'ambiguous'; readonly plugin: string | undefined }

export type LoginContext = {
	readonly site: ReachableSite
	readonly username: string
	readonly quote: Probe['quote']
}

// Core says these only when a plugin asked early who the user is. Gold when they come, never to be expected.
const PRECISE: Readonly<Record<string, ProblemCode>> = {
	incorrect_password: 'site-credential/wrong-password',
	invalid_username: 'site-credential/unknown-user',
	invalid_email: 'site-credential/unknown-user',
	// Proposed for WordPress itself, and given by plugins that let passwords end.
	application_password_expired: 'site-credential/expired',
}

/** Reads the answer of `users/me`, asked with the site credential. */
export function judgeLogin(reply: ApiReply, context: LoginContext): Login {
	const host = new URL(context.site.siteUrl).host
	switch (reply.kind) {
		case 'json': {
			const user = readSiteUser(reply.value)
			if (user !== undefined) return { kind: 'user', user }
			return { kind: 'failed', trouble: likely('api/not-json', { host, pageTitle: '' }, 'api/blocked') }
		}
		case 'refused':
			return judgeRefusal(reply, { ...context, host })
		case 'redirect':
			return { kind: 'failed', trouble: whileVerifying(host, context.quote(reply.target?.origin ?? '')) }
		case 'trouble':
			return { kind: 'failed', trouble: reply.trouble }
		case 'no-budget':
			throw new RangeError('The budget was spent before the login: leave four requests to verifySiteCredential')
	}
}

export function whileVerifying(host: string, target: string): Trouble {
	return trouble('redirect/while-verifying', { host, target })
}

/** Application passwords are off, for the site (`application_passwords_disabled`) or for this user. */
export function readFeatureOff(
	code: string,
	{ host, username }: { host: string; username: string },
): Trouble | undefined {
	if (code === 'application_passwords_disabled') return trouble('application-passwords/off', { host, plugin: '' })
	if (code !== 'application_passwords_disabled_for_user') return undefined
	return trouble('application-passwords/off-for-user', { host, username })
}

function judgeRefusal(
	{ answer, error, plugin }: Extract<ApiReply, { kind: 'refused' }>,
	{ host, username, site }: LoginContext & { readonly host: string },
): Login {
	const precise = Object.hasOwn(PRECISE, error.code) ? PRECISE[error.code] : undefined
	const known = readFeatureOff(error.code, { host, username })
	if (known !== undefined) return { kind: 'failed', trouble: known }
	if (isTwoFactorCode(error.code))
		return { kind: 'failed', trouble: trouble('site-credential/two-factor', { host, username }) }
	if (precise !== undefined) return { kind: 'failed', trouble: beforeWordpress(precise, { host, username }) }
	if (error.code === 'rest_not_logged_in') return { kind: 'ambiguous', plugin: site.isIndexClosed ? '' : undefined }
	if (plugin !== undefined) return { kind: 'ambiguous', plugin }
	// Some other code: a plugin has looked at the login, and may have seen the header very well.
	if (answer.status === 401) return { kind: 'ambiguous', plugin: '' }
	// A route that is gone, a code of a plugin: WordPress answers, but not this.
	return { kind: 'failed', trouble: likely('api/blocked', { host, plugin: '' }) }
}

/** One plugin that makes WordPress speak so precisely does it by judging itself, and it knows no application passwords. */
function beforeWordpress(code: ProblemCode, params: { host: string; username: string }): Trouble {
	const found = trouble(code, params)
	return code === 'site-credential/wrong-password'
		? { ...found, alternatives: ['site-credential/old-basic-auth'] }
		: found
}

/** Of the same credential over XML-RPC. */
export type SecondOpinion = 'accepted' | 'refused' | 'off' | 'unknown'

export type Circumstances = {
	readonly host: string
	readonly username: string
	/** As the web server and the host name themselves. */
	readonly server: string
	readonly isFeatureOn: boolean
	readonly hasPlainPermalinks: boolean
}

/** Tells an ambiguous refusal apart with what XML-RPC said of the same credential. */
export function settleAmbiguity(
	plugin: string | undefined,
	opinion: SecondOpinion,
	circumstances: Circumstances,
): Trouble {
	const found = judgeByOpinion(plugin, opinion, circumstances)
	return opinion === 'unknown' ? found : { ...found, takesXmlRpcLogins: opinion !== 'off' }
}

function judgeByOpinion(
	plugin: string | undefined,
	opinion: SecondOpinion,
	{ host, username, server, isFeatureOn, hasPlainPermalinks }: Circumstances,
): Trouble {
	const params = { host, username }
	if (opinion === 'refused') {
		const forUser = 'application-passwords/off-for-user'
		if (!isFeatureOn) return likely('site-credential/rejected', params, 'application-passwords/off', forUser)
		return { ...trouble('site-credential/rejected', params), alternatives: [forUser] }
	}
	if (plugin !== undefined && plugin !== '') {
		const other = opinion === 'accepted' ? 'site-credential/header-stripped' : 'site-credential/rejected-or-stripped'
		return likely('api/blocked', { host, plugin }, other)
	}
	if (opinion === 'accepted') {
		// Without rewrite rules WordPress writes no line for the header into .htaccess, which only such servers read.
		const isRepairedByPermalinks = hasPlainPermalinks && /apache|litespeed/i.test(server)
		const stripped = trouble(
			isRepairedByPermalinks ? 'site-credential/header-stripped-by-permalinks' : 'site-credential/header-stripped',
			{ host, server },
		)
		return plugin === undefined ? stripped : { ...stripped, certainty: 'likely', alternatives: ['api/blocked'] }
	}
	const alternatives: ProblemCode[] = [
		'site-credential/rejected',
		'site-credential/header-stripped',
		'application-passwords/off-for-user',
	]
	if (plugin !== undefined) alternatives.push('api/blocked')
	return likely('site-credential/rejected-or-stripped', params, ...alternatives)
}
