import { compare, markOf } from './compare.ts'
import { Secret } from '@postern/vocabulary'
import { formatBasicCredentials } from '@postern/wordpress'
import { compareReference } from './compare-reference.ts'
import { compareRecords, toBeRecorded, type Recorded, type ToBeRecorded } from './compare-records.ts'
import { decideHere, type Decision, type Grant, type Policy } from './decide-here.ts'
import { generate, type Focus, type Generated } from './generate.ts'
import { scopeSetOf, scopeSets } from './grants.ts'
import { seedOf } from './random.ts'
import { openRawConnection } from './raw-connection.ts'
import type { StockedSite } from './stocked-site.ts'
import { createTally, type Tally } from './tally.ts'
import { mayHaveChanged, requestsOf, type RanRequest } from './what-ran.ts'
import type { Login } from './xml-rpc-documents.ts'

/** A way for requests to reach the site. */
export type Door = {
	readonly isGateway: boolean
	/** Of the password with these scopes. */
	login(scopeSet: number): Login
	/** The id is that of the record, where one is kept. */
	send(
		generated: Generated,
		asked: Sending,
	): Promise<{ readonly status: number; readonly requestId: string | undefined }>
	close(): Promise<void>
}

export type Sending = { readonly policy: typeof Policy; readonly decision: Decision; readonly scopeSet: number }

/** A site with a door to it. One request at a time: what runs there, runs because of that one. */
export type Lane = { readonly site: StockedSite; readonly door: Door; readonly grants: readonly Grant[] }

export type Run = {
	readonly policy: typeof Policy
	readonly lanes: readonly Lane[]
	readonly seed: number
	readonly count: number
	readonly focus?: Focus
	/** Judges what ran; the same if not given. */
	readonly judge?: typeof Policy
	/** Ends early after so many mismatches. */
	readonly enough?: number
	/** What the gateway has recorded, asked for at the end. */
	readonly records?: () => Promise<readonly Recorded[]>
	readonly onProgress?: (done: number, tally: Tally) => void
}

export type Mismatch = {
	readonly seed: number
	readonly lane: string
	readonly scopes: string
	/** Undefined where only the record is wrong. */
	readonly generated: Generated | undefined
	readonly what: readonly string[]
}
export type Differential = { readonly tally: Tally; readonly mismatches: readonly Mismatch[]; readonly seconds: number }

/** What the record is to have, by the id of the request. */
type Expected = Map<string, ToBeRecorded & Omit<Mismatch, 'generated' | 'what'> & { readonly lane: string }>

/** Sends generated requests through the doors and compares what ran with what was decided. */
export async function runDifferential(run: Run): Promise<Differential> {
	const tally = createTally()
	const mismatches: Mismatch[] = []
	const expected: Expected = new Map()
	const startedAt = performance.now()
	let done = 0
	const work = async (lane: Lane, first: number): Promise<void> => {
		for (let index = first; index < run.count; index += run.lanes.length) {
			if (mismatches.length >= (run.enough ?? Number.POSITIVE_INFINITY)) return
			const mismatch = await askOne(run, lane, { seed: seedOf(run.seed, index), tally, expected })
			if (mismatch !== undefined) mismatches.push(mismatch)
			done += 1
			if (done % 1_000 === 0) run.onProgress?.(done, tally)
		}
	}
	await Promise.all(run.lanes.map(work))
	if (run.records !== undefined) mismatches.push(...readRecords(expected, await run.records()))
	return { tally, mismatches, seconds: (performance.now() - startedAt) / 1_000 }
}

type Noting = { readonly seed: number; readonly tally: Tally; readonly expected: Expected }

async function askOne(run: Run, lane: Lane, { seed, tally, expected }: Noting): Promise<Mismatch | undefined> {
	const { site, door } = lane
	const scopeSet = scopeSetOf(seed)
	const grant = lane.grants[scopeSet]
	if (grant === undefined) throw new Error('there is no such set of scopes')
	const login = door.login(scopeSet)
	const generated = generate(seed, { pool: site.pool, login, ...(run.focus === undefined ? {} : { focus: run.focus }) })
	const decision = decideHere(run.policy, generated, grant)
	const { status, requestId } = await door.send(generated, { policy: run.policy, decision, scopeSet })
	const ran = requestsOf(site.takeEvents())
	if (mayHaveChanged(ran)) site.restore()
	const compared = {
		policy: run.judge ?? run.policy,
		grant,
		decision,
		ran,
		siteUser: siteUserOf(site),
		callerMarks: [markOf(login.password)],
		isGateway: door.isGateway,
	}
	const isTaken = decision.kind === 'rest' && ran.some(({ asked }) => asked.length > 0)
	const reference = isTaken && site.permalinks === 'pretty' ? await askAlone(site, generated) : []
	const what = [
		...compare(compared),
		...(decision.kind === 'rest' ? compareReference(decision.permit, reference) : []),
		...(status === 0 && door.isGateway ? judgeSilence(generated) : []),
	]
	tally.add(generated, { isSent: ran.length > 0, isRun: ran.some(didRun), mismatches: what })
	const about = { seed: generated.seed, lane: site.name, scopes: scopeSets[scopeSet]?.name ?? '' }
	if (requestId !== undefined) expected.set(requestId, { ...toBeRecorded(decision, ran.length > 0), ...about })
	return what.length === 0 ? undefined : { ...about, generated, what }
}

/** Sends the very bytes to the site, past us, as whoever Postern is there. */
async function askAlone(site: StockedSite, { wire }: Generated): Promise<readonly RanRequest[]> {
	const { username, password } = site.credential
	const connection = openRawConnection(site.site.port)
	const authorization = ['Authorization', formatBasicCredentials(username, new Secret(password))] as const
	await connection.ask({ ...wire, headers: [authorization, ...wire.headers] })
	connection.close()
	const ran = requestsOf(site.takeEvents())
	if (mayHaveChanged(ran)) site.restore()
	return ran
}

const didRun = ({ ran, calls }: RanRequest): boolean => ran.length > 0 || calls.length > 0

function siteUserOf({ credential }: StockedSite) {
	const { userId, username, password } = credential
	return { id: userId, username, secretMark: markOf(password) }
}

function readRecords(expected: Expected, recorded: readonly Recorded[]): readonly Mismatch[] {
	const byRequest = Map.groupBy(recorded, ({ requestId }) => requestId)
	return [...expected].flatMap(([requestId, { seed, lane, scopes, ...one }]) => {
		const what = compareRecords(one, byRequest.get(requestId) ?? [])
		return what.length === 0 ? [] : [{ seed, lane, scopes, generated: undefined, what }]
	})
}

/** Whoever wants another protocol is hung up on (T33). */
function judgeSilence({ wire }: Generated): readonly string[] {
	const isOther = wire.method === 'CONNECT' || wire.headers.some(([name]) => name === 'Upgrade')
	return isOther ? [] : ['no answer at all']
}

export function describeMismatch({ seed, lane, scopes, generated, what }: Mismatch): string {
	const lines = [
		`seed ${seed}; scopes ${scopes}; ${lane}`,
		...(generated === undefined ? [] : describeRequest(generated)),
	]
	return [...lines, ...what.map((one) => `  → ${one}`)].join('\n')
}

function describeRequest({ family, spelling, body: kind, wire }: Generated): readonly string[] {
	const { method, target, headers, body = new Uint8Array() } = wire
	const said = Buffer.from(body).toString().slice(0, 600).split('\n')
	return [
		`  ${family}, ${spelling}, ${kind}`,
		`    ${method} ${target.slice(0, 300)}`,
		...[...headers.map(([name, value]) => `${name}: ${value}`), ...said].map((line) => `    ${line}`),
	]
}
