import type { Evidence, SiteRequest } from '@postern/vocabulary'
import { quoteText, readRestError, readSiteJson } from '@postern/wordpress'
import { isPage, readPageTitle } from './page-title.ts'
import { createFrontDoor, type Passage } from './front-door.ts'
import { createEdgeRedactor, type Redact } from './redactor.ts'
import { createRequestBudget } from './request-budget.ts'
import { type Trouble, troubleOf } from './trouble.ts'
import type { ProbePorts } from './types.ts'

export type Question = {
	/** For the evidence: what this request is for. */
	readonly step: string
	readonly url: URL
	readonly method?: SiteRequest['method']
	readonly accept: string
	/** The site credential. Without one, the staging login goes in its place. */
	readonly authorization?: string
	/** Holds the credential unless `isOpen` says otherwise, so the evidence must say so. */
	readonly xmlBody?: string
	readonly jsonBody?: string
	/** Nothing in the body is secret. */
	readonly isOpen?: boolean
	readonly maxBytes: number
	/** Requests of the budget that must stay for later. */
	readonly reserve?: number
}

export type Answer = {
	readonly kind: 'answer'
	readonly url: URL
	readonly status: number
	readonly headers: Headers
	readonly text: string
	/** It was asked with the staging login. */
	readonly hasPassedEdge?: boolean
}

export type Reply = Answer | { readonly kind: 'trouble'; readonly trouble: Trouble } | { readonly kind: 'no-budget' }

/** Asks a site within the budget, and keeps what may be shown of each exchange. */
export type Probe = {
	readonly ask: (question: Question) => Promise<Reply>
	readonly evidence: () => readonly Evidence[]
	/** Text of the site, redacted and fit to be quoted. */
	readonly quote: (text: string, limit?: number) => string
	/** A login is at stake, so a block may be a lock-out. */
	readonly isSigningIn: boolean
	readonly clock: () => number
	readonly wait: (ms: number) => Promise<void>
}

const TIMEOUT_MS = 10_000
/** Of a whole discovery or verification. What is left limits each request, with a second as the least. */
const DEADLINE_MS = 45_000
const FACT_LENGTH = 120
const NAME_LENGTH = 200

export function startProbe(ports: ProbePorts, redact?: Redact): Probe {
	const budget = ports.budget ?? createRequestBudget()
	const endsAt = ports.clock() + DEADLINE_MS
	const exchanges: (() => Evidence)[] = []
	const passageTo = createFrontDoor(ports)
	const redactEdge = ports.edge === undefined ? asItIs : createEdgeRedactor(ports.edge)
	const redactSite = redact ?? asItIs
	const quote = (text: string, limit?: number): string => quoteText(redactEdge(redactSite(text)), limit)
	const ask = async (question: Question): Promise<Reply> => {
		if (!budget.take(question.reserve)) return { kind: 'no-budget' }
		const startedAt = ports.clock()
		const timeoutMs = Math.max(1_000, Math.min(ports.timeoutMs ?? TIMEOUT_MS, endsAt - startedAt))
		const passage = passageTo(question.url)
		const result = await ports.ask(requestOf(question, passage, { timeoutMs, signal: ports.signal }))
		const reply: Reply = result.ok
			? {
					kind: 'answer',
					...result.value,
					text: new TextDecoder().decode(result.value.body),
					...sentAlong(question, passage),
				}
			: { kind: 'trouble', trouble: redacted(troubleOf(result.problem), quote) }
		exchanges.push(lateDescription(question, reply, { elapsedMs: ports.clock() - startedAt, quote }))
		return reply
	}
	const wait = ports.wait ?? ((ms) => new Promise<void>((resolve) => void setTimeout(resolve, ms)))
	const isSigningIn = redact !== undefined
	return { ask, evidence: () => exchanges.map((describe) => describe()), quote, isSigningIn, clock: ports.clock, wait }
}

const asItIs: Redact = (text) => text

function sentAlong({ authorization }: Question, { edge }: Passage): { hasPassedEdge?: true } {
	return authorization === undefined && edge !== undefined ? { hasPassedEdge: true } : {}
}

/** Made out to whatever its site likes, even to what it heard a request before. */
function redacted({ certificate, ...found }: Trouble, quote: Probe['quote']): Trouble {
	if (certificate === undefined) return found
	const subject = quote(certificate.subject, NAME_LENGTH)
	return { ...found, certificate: { ...certificate, subject, issuer: quote(certificate.issuer, NAME_LENGTH) } }
}

type Limits = { readonly timeoutMs: number; readonly signal: AbortSignal | undefined }

// One header cannot carry both logins: the site credential goes where it is asked for, and then the edge must let it pass.
function requestOf(question: Question, { edge, pin }: Passage, { timeoutMs, signal }: Limits): SiteRequest {
	const { url, method = 'GET', accept, authorization = edge, xmlBody, jsonBody, maxBytes } = question
	const body = xmlBody ?? jsonBody
	return {
		url,
		method,
		headers: {
			accept,
			...(authorization === undefined ? {} : { authorization }),
			...(xmlBody === undefined ? {} : { 'content-type': 'text/xml; charset=utf-8' }),
			...(jsonBody === undefined ? {} : { 'content-type': 'application/json' }),
		},
		...(body === undefined ? {} : { body }),
		timeoutMs,
		maxBytes,
		...(signal === undefined ? {} : { signal }),
		...(pin === undefined ? {} : { pin }),
	}
}

type Exchange = { readonly elapsedMs: number; readonly quote: Probe['quote'] }

const SMALL = 65_536

/** Most evidence is never looked at; but only small answers are kept for it. */
function lateDescription(question: Question, reply: Reply, exchange: Exchange): () => Evidence {
	let described: Evidence | undefined
	const describe = (): Evidence => (described ??= describeExchange(question, reply, exchange))
	if (reply.kind !== 'answer' || reply.text.length <= SMALL) return describe
	const evidence = describe()
	return () => evidence
}

function describeExchange(question: Question, reply: Reply, { elapsedMs, quote }: Exchange): Evidence {
	const code = reply.kind === 'trouble' ? reply.trouble.code : reply.kind === 'answer' ? restCodeOf(reply) : undefined
	return {
		step: question.step,
		method: question.method ?? 'GET',
		url: quote(describeUrl(question.url), 300),
		withCredentials:
			question.authorization !== undefined || (question.xmlBody !== undefined && question.isOpen !== true),
		...(reply.kind === 'answer' ? { status: reply.status } : {}),
		...(code === undefined ? {} : { code: quote(code) }),
		facts: reply.kind === 'answer' ? factsOf(reply).map((fact) => quote(fact, FACT_LENGTH)) : [],
		elapsedMs,
	}
}

/** Origin and path; of the query only the names, and `rest_route`, which is a path. */
function describeUrl(url: URL): string {
	const names = [...url.searchParams].map(([name, value]) => (name === 'rest_route' ? `${name}=${value}` : name))
	return `${url.origin}${url.pathname}${names.length > 0 ? `?${names.join('&')}` : ''}`
}

function restCodeOf({ status, text }: Answer): string | undefined {
	if (status < 400 || text.length > 65_536) return undefined
	const json = readSiteJson(text)
	return json.ok ? readRestError(json.value)?.code : undefined
}

const TELLING = [
	'server',
	'content-type',
	'location',
	'www-authenticate',
	'retry-after',
	'cf-mitigated',
	'cf-cache-status',
]
const TELLING_ABOUT_CACHES = ['x-litespeed-cache', 'x-cache', 'age']

function factsOf({ headers, text }: Answer): string[] {
	const facts = [...TELLING, ...TELLING_ABOUT_CACHES].flatMap((name) => {
		const value = headers.get(name)
		return value === null ? [] : [`${name}: ${name === 'location' ? value.replace(/[?#].*$/s, '') : value}`]
	})
	const title = isPage(text) ? readPageTitle(text) : ''
	return title === '' ? facts : [...facts, `title: ${title}`]
}
