import { parseAllowRules, portsOf, createEgress } from '@postern/egress'
import { testAuthority } from '@postern/egress/testing/certificates'
import {
	type AskSite,
	type Certainty,
	type Diagnosis,
	type NoteCode,
	type ProblemCode,
	problems,
	Secret,
} from '@postern/vocabulary'
import { expect, onTestFinished } from 'vitest'
import {
	createRequestBudget,
	discover,
	type DiscoverResult,
	findXmlRpc,
	type RungEvent,
	tryDraft,
	verifyOverXmlRpc,
	verifySiteCredential,
	type VerifyResult,
} from '../index.ts'
import type { DiscoverPorts } from '../types.ts'
import { type Animal, enclose, type Enclosure, type Visit } from './zoo-server.testing.ts'
import { type OpenSite, type ZooSite, zooNames } from './zoo-site.testing.ts'
import { GROUPED, PASSWORD, USERNAME, wordpress, type WordpressTraits } from './zoo-wordpress.testing.ts'

const BUDGET = 12
/** For one answer, where the deadline is not what a site is about. */
const PATIENCE_MS = 10_000

/** Every name leads to the zoo, but for those that a test names. */
export type Names = Readonly<Record<string, string>>

export type VisitOptions = {
	readonly username?: string
	readonly password?: string
	readonly timeoutMs?: number
	readonly names?: Names
	/** Hosts of the site itself; a request with a secret to any other breaks the test. */
	readonly ownHosts?: readonly string[]
	readonly failedLogins?: () => number
	readonly userAgent?: string
	readonly transport?: 'xml-rpc'
	readonly triesDraft?: boolean
	/** In front of the site. */
	readonly edge?: { readonly username: string; readonly password: string }
}

export type Outcome = {
	readonly discovered: DiscoverResult
	readonly verified: VerifyResult | undefined
	readonly events: readonly RungEvent[]
	/** "ok", or the code of the diagnosis. */
	readonly code: ProblemCode | 'ok'
	readonly diagnosis: Diagnosis | undefined
	readonly certainty: Certainty | undefined
	/** Of the site and the account, when both are known. */
	readonly notes: readonly NoteCode[]
	/** "ok", or what kept a draft from being written; undefined: none was tried. */
	readonly draft: ProblemCode | 'ok' | undefined
	readonly visits: readonly Visit[]
	readonly waitedMs: readonly number[]
}

/** The ports of discovery for an enclosure, over the real egress. */
export function portsFor(zoo: Pick<Enclosure, 'httpPort' | 'httpsPort'>, options: VisitOptions = {}): DiscoverPorts {
	const allow = parseAllowRules(`127.0.0.1:${zoo.httpPort},127.0.0.1:${zoo.httpsPort},[::1]:${zoo.httpsPort}`)
	if (!allow.ok) throw new Error('Bad rules')
	const egress = createEgress({
		allow: allow.value,
		userAgent: options.userAgent ?? 'Postern/0.1 (+https://postern.example)',
		ca: testAuthority,
		resolve: (host) => {
			const address = options.names?.[host] ?? '127.0.0.1'
			if (address === '') return Promise.reject(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }))
			return Promise.resolve([{ address, family: 4 }])
		},
	})
	onTestFinished(() => egress.close())
	const ask: AskSite = (request) => egress.ask(request)
	return {
		ask,
		clock: Date.now,
		ownOrigins: ['https://postern.example'],
		extraPorts: portsOf(allow.value),
		timeoutMs: options.timeoutMs ?? PATIENCE_MS,
	}
}

/**
 * Visits a site as the wizard does, twice, and holds what must hold on every site: 12 requests, one failed login, no secret
 * anywhere but in requests to the site itself, an end in time, and the same code the second time.
 */
export async function visit(typed: string, zoo: Enclosure, options: VisitOptions = {}): Promise<Outcome> {
	const ports = portsFor(zoo, options)
	const first = await visitOnce(typed, { zoo, ports, options })
	const second = await visitOnce(typed, { zoo, ports, options })
	expect(second.code, 'the same site yields the same code').toBe(first.code)
	expect(second.certainty, 'as surely as before').toBe(first.certainty)
	return first
}

/** Visits a site of the table, as its row says. */
export function visitSite(
	site: ZooSite,
	{ address, enclosure, wordpress: lives, ...typed }: OpenSite,
): Promise<Outcome> {
	return visit(address, enclosure, {
		username: typed.username,
		password: typed.password,
		failedLogins: lives.failedLogins,
		names: zooNames,
		...(site.timeoutMs === undefined ? {} : { timeoutMs: site.timeoutMs }),
		...(site.transport === undefined ? {} : { transport: site.transport }),
		...(site.edge === undefined ? {} : { edge: site.edge }),
		...(site.triesDraft === undefined ? {} : { triesDraft: site.triesDraft }),
	})
}

/** Visits a WordPress with these traits over https. `around` may answer in its place. */
export async function visitWordpress(
	traits: WordpressTraits,
	options: VisitOptions = {},
	around: (next: Animal) => Animal = (next) => next,
): Promise<Outcome> {
	const { animal, failedLogins } = wordpress(traits)
	const zoo = await enclose(around(animal))
	return visit(`https://blog.example:${zoo.httpsPort}`, zoo, { failedLogins, ...options })
}

type Way = { readonly zoo: Enclosure; readonly ports: DiscoverPorts; readonly options: VisitOptions }

async function visitOnce(typed: string, { zoo, ports: common, options }: Way): Promise<Outcome> {
	const before = zoo.visits.length
	const failedBefore = options.failedLogins?.() ?? 0
	const events: RungEvent[] = []
	const waitedMs: number[] = []
	const budget = createRequestBudget(BUDGET)
	const ports: DiscoverPorts = {
		...common,
		...(options.edge === undefined
			? {}
			: { edge: { username: options.edge.username, password: new Secret(options.edge.password) } }),
		budget,
		onRung: (event) => events.push(event),
		wait: (ms) => {
			waitedMs.push(ms)
			return Promise.resolve()
		},
	}
	const startedAt = performance.now()
	const [find, verify] =
		options.transport === 'xml-rpc' ? [findXmlRpc, verifyOverXmlRpc] : [discover, verifySiteCredential]
	const discovered = await find(typed, ports)
	const credential = { username: options.username ?? USERNAME, password: options.password ?? GROUPED }
	const verified = discovered.ok ? await verify(discovered.value, credential, ports) : undefined
	const last = verified ?? discovered
	const seen = zoo.visits.slice(before)
	const trial =
		discovered.ok && options.triesDraft === true ? await tryDraft(discovered.value, credential, common) : undefined
	const outcome: Outcome = {
		discovered,
		verified,
		events,
		code: last.ok ? 'ok' : last.diagnosis.code,
		diagnosis: last.ok ? undefined : last.diagnosis,
		certainty: last.ok ? undefined : last.diagnosis.certainty,
		notes: [
			...new Set(
				[...(discovered.ok ? discovered.value.notes : []), ...(verified?.ok === true ? verified.value.notes : [])].map(
					({ code }) => code,
				),
			),
		],
		draft: trial === undefined ? undefined : trial.ok ? 'ok' : trial.problem.code,
		visits: zoo.visits.slice(before),
		waitedMs,
	}
	expect(performance.now() - startedAt, 'ends within its deadline').toBeLessThan(
		(options.timeoutMs ?? PATIENCE_MS) * 3 + 3_000,
	)
	expect(seen.length, 'requests seen').toBeLessThanOrEqual(BUDGET)
	expect(seen.length, 'no request beside the budget').toBeLessThanOrEqual(BUDGET - budget.left())
	expect((options.failedLogins?.() ?? 0) - failedBefore, 'failed logins').toBeLessThanOrEqual(1)
	holdSecrets(outcome, { ...credential, ownHosts: options.ownHosts })
	holdLadder(outcome)
	if (outcome.diagnosis !== undefined) holdParams(outcome.diagnosis)
	return outcome
}

type Held = { readonly username: string; readonly password: string; readonly ownHosts: readonly string[] | undefined }

function holdSecrets({ discovered, verified, events, visits }: Outcome, { username, password, ownHosts }: Held): void {
	const told = JSON.stringify([discovered, verified, events])
	for (const form of formsOf(username, password)) {
		expect(told, 'nothing that is told holds the secret').not.toContain(form)
		for (const { url } of visits) expect(decodeURIComponent(url), 'no address holds the secret').not.toContain(form)
	}
	for (const seen of visits.filter(holdsSecret(username, password))) {
		const host = discovered.ok ? new URL(discovered.value.siteUrl).hostname : ''
		expect([host, ...(ownHosts ?? [])], 'the secret goes to the site only').toContain(seen.host)
		expect(discovered.ok && discovered.value.siteUrl.startsWith('https:'), 'and encrypted, where it can be').toBe(
			seen.isTls,
		)
	}
}

function formsOf(username: string, password: string): string[] {
	const plain = password.replaceAll(' ', '')
	const texts = [`${username}:${plain}`, `${username}:${password}`, plain]
	return [plain, password, ...texts.map((text) => Buffer.from(text).toString('base64').replace(/=+$/, ''))]
}

function holdsSecret(username: string, password: string): (visit: Visit) => boolean {
	const forms = formsOf(username, password)
	return ({ headers, body }) =>
		headers.authorization !== undefined || forms.some((form) => `${JSON.stringify(headers)}${body}`.includes(form))
}

/** The sentences of a code get the values they name, neither more nor fewer. */
function holdParams({ code, params }: Diagnosis): void {
	expect(Object.keys(params).sort(), `params of ${code}`).toEqual([...problems[code].params].sort())
}

/** Every rung that began ended, once, and the failed one is the diagnosis' own. */
function holdLadder({ events, diagnosis }: Outcome): void {
	const ended = events.filter(({ state }) => state !== 'running').map(({ rung }) => rung)
	expect(new Set(ended).size, 'each rung ends once').toBe(ended.length)
	expect(new Set(events.map(({ rung }) => rung)).size, 'all seven rungs are told of').toBe(7)
	const failed = events.filter(({ state }) => state === 'failed')
	expect(failed.map(({ rung, detail }) => [rung, detail?.code])).toEqual(
		diagnosis === undefined ? [] : [[diagnosis.rung, diagnosis.code]],
	)
}

/** What `PASSWORD` looks like on the wire. */
export const BASIC = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`
