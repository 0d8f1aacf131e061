import type { Evidence, Problem, Result, SiteAnswer, SiteCertificate, SiteCredential } from '@postern/vocabulary'
import { asRecord, asText, quoteText, readSiteJson } from '@postern/wordpress'
import { createRequestBudget } from '@postern/wp-client'
import type { FindPorts } from '../connector-type.ts'
import { formatAdminToken } from './admin-token.ts'

export type GhostPorts = Pick<FindPorts, 'ask' | 'clock' | 'budget' | 'signal' | 'timeoutMs'> & {
	readonly pin: string | undefined
}

/** What a Ghost said: JSON, its own error, or something that no Ghost says. */
export type GhostReply =
	| { readonly kind: 'json'; readonly value: Readonly<Record<string, unknown>>; readonly url: URL }
	| { readonly kind: 'refused'; readonly status: number; readonly error: GhostError; readonly headers: Headers }
	| { readonly kind: 'foreign'; readonly status: number; readonly url: URL; readonly headers: Headers }
	| { readonly kind: 'trouble'; readonly problem: Problem & { readonly certificate?: SiteCertificate } }

export type GhostError = { readonly type: string; readonly code: string; readonly message: string }

export type GhostProbe = {
	ask(step: string, url: URL, credential?: SiteCredential): Promise<GhostReply>
	evidence(): readonly Evidence[]
}

const timeoutMs = 10_000
const maxBytes = 524_288
/** The oldest that still has `/admin/` without a version, so that newer ones say nothing about it. */
const apiVersion = 'v5.0'

/** Asks within the budget, follows nothing, and keeps what may be shown of each exchange. */
export function startProbe(ports: GhostPorts): GhostProbe {
	const budget = ports.budget ?? createRequestBudget()
	const exchanges: Evidence[] = []
	return {
		evidence: () => [...exchanges],
		async ask(step, url, credential) {
			if (!budget.take()) return { kind: 'trouble', problem: usedUp(url) }
			const startedAt = ports.clock()
			const answer = await ports.ask({
				url,
				method: 'GET',
				headers: {
					accept: 'application/json',
					'accept-version': apiVersion,
					...(credential === undefined ? {} : { authorization: formatAdminToken(credential, startedAt) }),
				},
				timeoutMs: ports.timeoutMs ?? timeoutMs,
				maxBytes,
				...(ports.pin === undefined ? {} : { pin: ports.pin }),
				...(ports.signal === undefined ? {} : { signal: ports.signal }),
			})
			const reply = readReply(answer)
			const withCredentials = credential !== undefined
			exchanges.push(describe({ step, url, withCredentials, elapsedMs: ports.clock() - startedAt }, answer, reply))
			return reply
		},
	}
}

// Only a site that sends us on and on uses the budget up.
function usedUp(url: URL): Problem {
	return { code: 'redirect/loop', params: { host: url.host } }
}

function readReply(answer: Result<SiteAnswer>): GhostReply {
	if (!answer.ok) return { kind: 'trouble', problem: answer.problem }
	const { status, headers, url, body } = answer.value
	const read = readSiteJson(new TextDecoder().decode(body))
	const value = asRecord(read.ok ? read.value : undefined)
	if (value !== undefined && status === 200) return { kind: 'json', value, url }
	const error = readError(value?.['errors'])
	if (error !== undefined) return { kind: 'refused', status, error, headers }
	return { kind: 'foreign', status, url, headers }
}

function readError(errors: unknown): GhostError | undefined {
	const first = Array.isArray(errors) ? asRecord(errors[0]) : undefined
	if (first === undefined) return undefined
	const short = (value: unknown) => quoteText(asText(value), 200)
	return { type: short(first['type']), code: short(first['code']), message: short(first['message']) }
}

type Exchange = {
	readonly step: string
	readonly url: URL
	readonly withCredentials: boolean
	readonly elapsedMs: number
}

function describe({ url, ...exchange }: Exchange, answer: Result<SiteAnswer>, reply: GhostReply): Evidence {
	const code =
		reply.kind === 'trouble' ? reply.problem.code : reply.kind === 'refused' ? reply.error.code || reply.error.type : ''
	return {
		...exchange,
		method: 'GET',
		url: `${url.origin}${url.pathname}`.slice(0, 300),
		...(answer.ok ? { status: answer.value.status } : {}),
		...(code === '' ? {} : { code }),
		facts: answer.ok ? factsOf(answer.value.headers) : [],
	}
}

const telling = ['server', 'content-type', 'location', 'www-authenticate', 'retry-after', 'content-version']

function factsOf(headers: Headers): readonly string[] {
	return telling.flatMap((name) => {
		const value = headers.get(name)?.split(/[?#]/)[0]
		return value === undefined ? [] : [quoteText(`${name}: ${value}`, 120)]
	})
}
