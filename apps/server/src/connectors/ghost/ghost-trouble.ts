import type { Diagnosis, Evidence, ProblemCode, ProblemParams, Rung } from '@postern/vocabulary'
import { quoteText } from '@postern/wordpress'
import type { GhostReply } from './ask-ghost.ts'

export type Trouble = Pick<Diagnosis, 'code' | 'params' | 'certainty' | 'alternatives' | 'certificate'>

export function sure(code: ProblemCode, params: ProblemParams): Trouble {
	return { code, params, certainty: 'sure', alternatives: [] }
}

export function likely(code: ProblemCode, params: ProblemParams, ...alternatives: ProblemCode[]): Trouble {
	return { code, params, certainty: 'likely', alternatives }
}

export function diagnose(trouble: Trouble, rung: Rung, evidence: readonly Evidence[]): Diagnosis {
	return { ...trouble, rung, evidence }
}

type Unusable = Exclude<GhostReply, { kind: 'json' }>

/** What keeps any Ghost from answering, whoever asks. Undefined: this one answers, and says no. */
export function recognizeTrouble(reply: Unusable, host: string): Trouble | undefined {
	if (reply.kind === 'trouble') {
		const { code, params, certificate } = reply.problem
		return { ...sure(code, params), ...(certificate === undefined ? {} : { certificate }) }
	}
	const { status, headers } = reply
	const seconds = secondsOf(headers)
	const realm = realmOf(headers)
	if (status === 401 && realm !== undefined) return sure('edge/basic-auth', { host, realm })
	if (status === 429) return sure('site/rate-limited', { host, seconds })
	if (status === 503 && reply.kind === 'refused') return sure('site/maintenance', { host, retryAt: '' })
	if (status >= 500) return likely('site/unavailable', { host, status })
	if (reply.kind === 'foreign' && status === 403) return likely('edge/firewall', { host, status }, 'site/not-ghost')
	return undefined
}

/** Ghost names no realm: whoever asks for a name and password stands in front of it. */
function realmOf(headers: Headers): string | undefined {
	const challenge = headers.get('www-authenticate')?.slice(0, 500) ?? ''
	if (!/^basic\b/i.test(challenge)) return undefined
	return quoteText(/realm="([^"]*)"/i.exec(challenge)?.[1] ?? '', 60)
}

function secondsOf(headers: Headers): number {
	const seconds = Number(headers.get('retry-after') ?? '')
	return Number.isInteger(seconds) && seconds > 0 && seconds <= 86_400 ? seconds : 60
}
