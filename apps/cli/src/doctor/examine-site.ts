import type { AskSite, Diagnosis, Evidence, Note } from '@postern/vocabulary'
import {
	createRequestBudget,
	discover,
	type DiscoveredSite,
	type DiscoverPorts,
	type RungEvent,
	type VerifiedAccount,
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
	{ address, login, edge, pin, timeoutMs }: Omit<DoctorOptions, 'allow' | 'language' | 'isJson'>,
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
	const discovered = await discover(address, ports)
	const verified =
		discovered.ok && login !== undefined ? await verifySiteCredential(discovered.value, login, ports) : undefined
	const site = discovered.ok ? discovered.value : discovered.site
	const account = verified?.ok === true ? verified.value : undefined
	const failed = [discovered, verified].find((result) => result?.ok === false)
	const diagnosis = failed?.ok === false ? failed.diagnosis : undefined
	const learnt = [discovered.ok ? discovered.value : discovered.diagnosis, account ?? diagnosis]
	return {
		address,
		events,
		diagnosis,
		site,
		account,
		notes: [...(site?.notes ?? []), ...(account?.notes ?? [])],
		evidence: [...new Set(learnt.flatMap((part) => part?.evidence ?? []))],
		requests: REQUESTS - budget.left(),
		...timed.read(),
	}
}
