import type { AskSite, Diagnosis, Evidence, Note, Problem } from '@postern/vocabulary'
import {
	createRequestBudget,
	discover,
	type DiscoveredSite,
	type DiscoverPorts,
	type DraftTrial,
	findXmlRpc,
	type RungEvent,
	tryDraft,
	type VerifiedAccount,
	verifyOverXmlRpc,
	verifySiteCredential,
} from '@postern/wp-client'
import { measureOwnTime } from './own-time.ts'
import type { DoctorOptions } from './options.ts'

/** What was found on the way to a site, up to where it failed. */
export type Examination = {
	readonly address: string
	readonly events: readonly RungEvent[]
	readonly diagnosis: Diagnosis | undefined
	readonly site: Partial<DiscoveredSite> | undefined
	readonly account: VerifiedAccount | undefined
	readonly draft: DraftTrial | undefined
	readonly notes: readonly Note[]
	readonly evidence: readonly Evidence[]
	readonly requests: number
	readonly elapsedMs: number
	/** While no answer was waited for. */
	readonly ownMs: number
}

export type ExaminePorts = {
	readonly ask: AskSite
	readonly extraPorts: readonly number[]
	readonly onRung?: (event: RungEvent) => void
}

const REQUESTS = 12

/** Discovers a site, and proves the login if there is one, within the budget of one attempt. */
export async function examineSite(
	{
		address,
		login,
		edge,
		pin,
		transport,
		triesDraft,
		timeoutMs,
	}: Omit<DoctorOptions, 'allow' | 'language' | 'isJson' | 'userAgent'>,
	{ ask, extraPorts, onRung }: ExaminePorts,
): Promise<Examination> {
	const events: RungEvent[] = []
	const budget = createRequestBudget(REQUESTS)
	const timed = measureOwnTime(ask)
	const ports: DiscoverPorts = {
		ask: timed.ask,
		wait: timed.wait,
		clock: Date.now,
		budget,
		ownOrigins: [],
		extraPorts,
		onRung: (event) => {
			events.push(event)
			onRung?.(event)
		},
		...(timeoutMs === undefined ? {} : { timeoutMs }),
		...(edge === undefined ? {} : { edge }),
		...(pin === undefined ? {} : { pin }),
	}
	const [find, verify] = transport === 'xml-rpc' ? [findXmlRpc, verifyOverXmlRpc] : [discover, verifySiteCredential]
	const discovered = await find(address, ports)
	const verified = discovered.ok && login !== undefined ? await verify(discovered.value, login, ports) : undefined
	const site = discovered.ok ? discovered.value : discovered.site
	const account = verified?.ok === true ? verified.value : undefined
	const failed = [discovered, verified].find((result) => result?.ok === false)
	const diagnosis = failed?.ok === false ? failed.diagnosis : undefined
	const learnt = [discovered.ok ? discovered.value : discovered.diagnosis, account ?? diagnosis]
	const isReady = discovered.ok && login !== undefined && account !== undefined && triesDraft
	const trial = isReady
		? await tryDraft(discovered.value, login, { ...ports, budget: createRequestBudget() })
		: undefined
	return {
		address,
		events,
		diagnosis: trial?.ok === false ? diagnosisOf(trial.problem) : diagnosis,
		site,
		account,
		draft: trial?.ok === true ? trial.value : undefined,
		notes: eachOnce([...(site?.notes ?? []), ...(account?.notes ?? [])]),
		evidence: [...new Set(learnt.flatMap((part) => part?.evidence ?? []))],
		requests: REQUESTS - budget.left(),
		...timed.read(),
	}
}

/** What keeps a draft from being written is seen when all rungs are climbed. */
function diagnosisOf({ code, params }: Problem): Diagnosis {
	return { code, params, certainty: 'sure', rung: 'permissions', alternatives: [], evidence: [] }
}

/** The site and the account may have the same remark. */
function eachOnce(notes: readonly Note[]): Note[] {
	return notes.filter(({ code }, at) => notes.findIndex((other) => other.code === code) === at)
}
