import { fail, ok, type Result } from '@postern/vocabulary'

/** How a visit to a site ended: whether the network carried an answer. */
export type Visit = { leave(isAnswered: boolean): void }

export type Traffic = {
	/**
	 * Waits for a turn at a site. Fails with `gateway/busy` when it takes too long or too many wait, and with
	 * `gateway/site-resting` when the site has not answered of late.
	 */
	enter(site: { readonly id: string; readonly workspaceId: string; readonly host: string }): Promise<Result<Visit>>
}

const perSite = 16
const perWorkspace = 64
const mostWaiting = 100
const waitMs = 10_000
const failuresInARow = 5
const restMs = 15_000

type Site = {
	open: number
	failures: number
	/** When it may be asked again, by the clock; 0: now. */
	restsUntil: number
	isProbed: boolean
	readonly waiting: Set<() => void>
}

/** Keeps one slow site from slowing the others: so many at a time for each site and workspace, and a rest for one that is silent. */
export function createTraffic(clock: () => number = () => performance.now()): Traffic {
	const sites = new Map<string, Site>()
	const workspaces = new Map<string, number>()

	const leave = (id: string, workspaceId: string, site: Site, isAnswered: boolean): void => {
		site.open -= 1
		const others = (workspaces.get(workspaceId) ?? 1) - 1
		if (others === 0) workspaces.delete(workspaceId)
		else workspaces.set(workspaceId, others)
		judge(site, isAnswered, clock())
		for (const next of site.waiting) {
			next()
			break
		}
		if (others === perWorkspace - 1) wakeOthers(sites)
		if (site.open === 0 && site.waiting.size === 0 && site.failures === 0) sites.delete(id)
	}
	const hasRoom = (site: Site, workspaceId: string): boolean =>
		site.open < perSite && (workspaces.get(workspaceId) ?? 0) < perWorkspace
	const take = (id: string, workspaceId: string, site: Site): Visit => {
		site.open += 1
		workspaces.set(workspaceId, (workspaces.get(workspaceId) ?? 0) + 1)
		if (site.restsUntil !== 0) site.isProbed = true
		let isLeft = false
		return {
			leave(isAnswered) {
				if (!isLeft) leave(id, workspaceId, site, isAnswered)
				isLeft = true
			},
		}
	}

	return {
		async enter({ id, workspaceId, host }) {
			const site = sites.get(id) ?? newSite()
			sites.set(id, site)
			if (isResting(site, clock())) return fail('gateway/site-resting', { params: { host } })
			const enter = () => take(id, workspaceId, site)
			if (hasRoom(site, workspaceId) && site.waiting.size === 0) return ok(enter())
			const visit = await waitForTurn(site, () => (hasRoom(site, workspaceId) ? enter() : undefined))
			return visit === undefined ? fail('gateway/busy') : ok(visit)
		},
	}
}

const newSite = (): Site => ({ open: 0, failures: 0, restsUntil: 0, isProbed: false, waiting: new Set() })

/** One may go and look after the rest; the others wait for what it finds. */
function isResting({ restsUntil, isProbed }: Site, now: number): boolean {
	return restsUntil !== 0 && (now < restsUntil || isProbed)
}

function judge(site: Site, isAnswered: boolean, now: number): void {
	site.isProbed = false
	if (isAnswered) {
		site.failures = 0
		site.restsUntil = 0
		return
	}
	site.failures += 1
	if (site.failures >= failuresInARow) site.restsUntil = now + restMs
}

function wakeOthers(sites: ReadonlyMap<string, Site>): void {
	for (const { waiting } of sites.values()) {
		for (const next of waiting) {
			next()
			break
		}
	}
}

/** Undefined after ten seconds, and when too many wait already. Who gets the turn has entered at once. */
function waitForTurn(site: Site, tryToEnter: () => Visit | undefined): Promise<Visit | undefined> {
	if (site.waiting.size >= mostWaiting) return Promise.resolve(undefined)
	return new Promise((resolve) => {
		const end = (visit: Visit | undefined) => {
			clearTimeout(timer)
			site.waiting.delete(next)
			resolve(visit)
		}
		const next = () => {
			const visit = tryToEnter()
			if (visit !== undefined) end(visit)
		}
		const timer = setTimeout(() => end(undefined), waitMs)
		site.waiting.add(next)
	})
}
