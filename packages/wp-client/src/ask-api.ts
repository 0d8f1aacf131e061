import { readRestError, readSiteJson, type RestError } from '@postern/wordpress'
import { findClosingPlugin, isLockOutCode } from './fingerprints.ts'
import type { Answer, Probe, Question } from './probe.ts'
import { lockedOut, rateLimited, recognizeEdge, recognizeTrouble } from './recognize-trouble.ts'
import { readRetryAfter } from './retry-after.ts'
import { type Trouble, trouble } from './trouble.ts'

/** What became of a request to the REST API. */
export type ApiReply =
	| { readonly kind: 'json'; readonly answer: Answer; readonly value: unknown; readonly repaired: string }
	/** WordPress said no in its own words. `plugin` as in `findClosingPlugin`. */
	| {
			readonly kind: 'refused'
			readonly answer: Answer
			readonly error: RestError
			readonly plugin: string | undefined
	  }
	| { readonly kind: 'redirect'; readonly answer: Answer; readonly target: URL | undefined }
	/** `answer`: what it was read from, if anything answered. */
	| { readonly kind: 'trouble'; readonly trouble: Trouble; readonly answer?: Answer }
	| { readonly kind: 'no-budget' }

export type ApiQuestion = Omit<Question, 'accept'>

/** Seconds that are waited at a time when a site asks for patience, and how often it is asked before the limit is one that never lifts. */
const PATIENCE = 5
const TRIES = 3

/** Asks the REST API. A 429 that lifts within five seconds is waited out, twice at the most, if the budget allows. */
export async function askApi(probe: Probe, question: ApiQuestion): Promise<ApiReply> {
	const asked = { ...question, accept: 'application/json' }
	let reply = await probe.ask(asked)
	for (let tries = 1; tries < TRIES && reply.kind === 'answer' && reply.status === 429; tries += 1) {
		const seconds = readRetryAfter(reply.headers, probe.clock()) ?? 1
		if (seconds > PATIENCE) break
		await probe.wait(seconds * 1_000)
		const next = await probe.ask(asked)
		if (next.kind === 'no-budget') break
		reply = next
	}
	return judge(reply, probe)
}

function judge(reply: Awaited<ReturnType<Probe['ask']>>, probe: Probe): ApiReply {
	if (reply.kind !== 'answer') return reply
	if (reply.status >= 300 && reply.status < 400) return { kind: 'redirect', answer: reply, target: readLocation(reply) }
	const json = readSiteJson(reply.text)
	if (json.ok) return judgeJson(reply, json, probe)
	if (reply.status < 300 && (json.reason === 'spoilt' || json.reason === 'too-deep')) {
		const params = { host: reply.url.host, excerpt: probe.quote(json.excerpt, 200) }
		return { kind: 'trouble', trouble: recognizeEdge(reply, probe) ?? trouble('api/spoilt', params), answer: reply }
	}
	return { kind: 'trouble', trouble: recognizeTrouble(reply, probe), answer: reply }
}

function judgeJson(answer: Answer, json: { value: unknown; repaired: string }, probe: Probe): ApiReply {
	const error = readRestError(json.value)
	const host = answer.url.host
	if (answer.status < 300 && error === undefined)
		return { kind: 'json', answer, value: json.value, repaired: probe.quote(json.repaired, 500) }
	if (answer.status === 429) return { kind: 'trouble', trouble: rateLimited(answer, probe.clock()) }
	if (error === undefined) return { kind: 'trouble', trouble: recognizeTrouble(answer, probe), answer }
	if (error.code === 'private_site')
		return { kind: 'trouble', trouble: trouble('site/hosted-on-wordpress-com', { host }) }
	if (isLockOutCode(error.code) && probe.isSigningIn)
		return { kind: 'trouble', trouble: lockedOut(answer, probe.clock()) }
	const plugin = findClosingPlugin(error)
	if (plugin === undefined && answer.status >= 500 && answer.status !== 501)
		return { kind: 'trouble', trouble: recognizeTrouble(answer, probe), answer }
	return { kind: 'refused', answer, error, plugin }
}

export function readLocation({ url, headers }: Answer): URL | undefined {
	const location = headers.get('location')
	return location === null ? undefined : (URL.parse(location, url.href) ?? undefined)
}
