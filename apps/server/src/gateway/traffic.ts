import type { MaybePromise } from '@postern/app-passwords'
import { fail, ok, type Problem, type Result } from '@postern/vocabulary'

/**
 * What a visit tells of a site: that it took our credential, that it answered at all, that it would not have the credential,
 * that the network carried no answer; or nothing, as when the caller left or sent what nobody passes on.
 */
export type VisitEnd = 'accepted' | 'answered' | 'rejected' | 'silent' | 'unknown'

export type Visit = {
	/** The site refused the credential of late: whether it may be sent again has to be looked at now. */
	readonly isDoubtful: boolean
	leave(end: VisitEnd): void
}

export type Traffic = {
	/**
	 * Waits for a turn at a site, where there is none at once. Fails with `gateway/busy` when it takes too long or too many wait,
	 * and with `gateway/site-resting` when the site has not answered of late.
	 */
	enter(site: Visited): MaybePromise<Result<Visit>>
}

type Visited = { readonly id: string; readonly workspaceId: string; readonly host: string }

const perSite = 16
const perWorkspace = 64
const mostWaiting = 100
const waitMs = 10_000
const failuresInARow = 5
const restMs = 15_000
/** While the credential is in doubt, as many as would make the connector rest. */
const mostDoubted = 3

type Site = {
	open: number
	failures: number
	/** Logins that it refused since it took one. */
	rejected: number
	/** When it may be asked again, by the clock; 0: now. */
	restsUntil: number
	isProbed: boolean
	/** In the order in which they came; not a set, see `createOpenStreams`. */
	readonly waiting: Turn[]
	/** A timer is set for those. */
	isTimed: boolean
}

/** Somebody who waits for one. */
type Turn = {
	/** When it was waited for long enough, by `performance.now()`. */
	readonly until: number
	/** Whether it waits no longer. */
	readonly take: () => boolean
	readonly giveUp: () => void
}

/** Keeps one slow site from slowing the others: so many at a time for each site and workspace, and a rest for one that is silent. */
export function createTraffic(clock: () => number = () => performance.now()): Traffic {
	const sites = new Map<string, Site>()
	const workspaces = new Map<string, number>()

	const leave = (id: string, workspaceId: string, site: Site, end: VisitEnd): void => {
		site.open -= 1
		const others = (workspaces.get(workspaceId) ?? 1) - 1
		if (others === 0) workspaces.delete(workspaceId)
		else workspaces.set(workspaceId, others)
		judge(site, end, clock)
		wake(site)
		if (others === perWorkspace - 1) for (const other of sites.values()) wake(other)
		const isForgotten = site.open + site.waiting.length + site.failures + site.rejected === 0
		if (isForgotten) sites.delete(id)
	}
	const hasRoom = (site: Site, workspaceId: string): boolean =>
		site.open < mostAt(site) && (workspaces.get(workspaceId) ?? 0) < perWorkspace
	const take = (id: string, workspaceId: string, site: Site): Visit => {
		site.open += 1
		workspaces.set(workspaceId, (workspaces.get(workspaceId) ?? 0) + 1)
		if (site.restsUntil !== 0) site.isProbed = true
		let isLeft = false
		return {
			isDoubtful: site.rejected > 0,
			leave(end) {
				if (!isLeft) leave(id, workspaceId, site, end)
				isLeft = true
			},
		}
	}
	const tryToEnter = ({ id, workspaceId, host }: Visited, site: Site): Result<Visit> | undefined => {
		if (isResting(site, clock)) return fail('gateway/site-resting', { params: { host } })
		return hasRoom(site, workspaceId) ? ok(take(id, workspaceId, site)) : undefined
	}

	return {
		enter(visited) {
			const site = sites.get(visited.id) ?? newSite()
			if (site.open === 0) sites.set(visited.id, site)
			const mayEnter = site.waiting.length === 0 || isResting(site, clock)
			return (mayEnter ? tryToEnter(visited, site) : undefined) ?? waitForTurn(site, () => tryToEnter(visited, site))
		},
	}
}

const newSite = (): Site => ({
	open: 0,
	failures: 0,
	rejected: 0,
	restsUntil: 0,
	isProbed: false,
	waiting: [],
	isTimed: false,
})

/** One may go and look after the rest; the others wait for what it finds. */
function isResting({ restsUntil, isProbed }: Site, clock: () => number): boolean {
	return restsUntil !== 0 && (isProbed || clock() < restsUntil)
}

/** What a problem says of the site: a caller's own mistake says nothing. */
export function endOfProblem({ code }: Pick<Problem, 'code'>): VisitEnd {
	if (code === 'site-credential/rejected') return 'rejected'
	return /^(?:network|tls|response)\//.test(code) ? 'silent' : 'unknown'
}

/** How many may be there at a time. */
const mostAt = ({ rejected }: Site): number => (rejected === 0 ? perSite : Math.max(1, mostDoubted - rejected))

function judge(site: Site, end: VisitEnd, clock: () => number): void {
	site.isProbed = false
	if (end === 'unknown') return
	if (end === 'silent') {
		site.failures += 1
		if (site.failures >= failuresInARow) site.restsUntil = clock() + restMs
		return
	}
	site.failures = 0
	site.restsUntil = 0
	if (end === 'accepted') site.rejected = 0
	if (end === 'rejected') site.rejected += 1
}

/** Lets those in who wait, as far as there is room; all of them learn that there is none to wait for. */
function wake({ waiting }: Site): void {
	while (waiting[0]?.take() === true) waiting.shift()
}

/**
 * Fails with `gateway/busy` after ten seconds, and when too many wait already, and with why nobody gets in. Who gets the turn has
 * entered at once.
 */
function waitForTurn(site: Site, tryToEnter: () => Result<Visit> | undefined): MaybePromise<Result<Visit>> {
	const { waiting } = site
	if (waiting.length >= mostWaiting) return fail('gateway/busy')
	return new Promise((resolve) => {
		waiting.push({
			until: performance.now() + waitMs,
			take() {
				const entered = tryToEnter()
				if (entered !== undefined) resolve(entered)
				return entered !== undefined
			},
			giveUp: () => resolve(fail('gateway/busy')),
		})
		endLongWaits(site)
	})
}

/**
 * One timer for all who wait for a site, set for the first: nearly all have their turn within milliseconds, and a timer for each
 * would cost more than the turn. Where it finds only those who came later, it is set for them.
 */
function endLongWaits(site: Site): void {
	if (site.isTimed) return
	const { waiting } = site
	const [first] = waiting
	if (first === undefined) return
	const look = (): void => {
		site.isTimed = false
		const now = performance.now()
		while (waiting[0] !== undefined && waiting[0].until <= now) waiting.shift()?.giveUp()
		endLongWaits(site)
	}
	site.isTimed = true
	setTimeout(look, Math.ceil(first.until - performance.now())).unref()
}
