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
	/** Each tells whether it waits no longer. */
	readonly waiting: Set<() => boolean>
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
		judge(site, end, clock())
		wake(site)
		if (others === perWorkspace - 1) for (const other of sites.values()) wake(other)
		const isForgotten = site.open + site.waiting.size + site.failures + site.rejected === 0
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

	return {
		async enter({ id, workspaceId, host }) {
			const site = sites.get(id) ?? newSite()
			sites.set(id, site)
			const resting = fail('gateway/site-resting', { params: { host } })
			const enter = (): Result<Visit> | undefined => {
				if (isResting(site, clock())) return resting
				return hasRoom(site, workspaceId) ? ok(take(id, workspaceId, site)) : undefined
			}
			const entered = site.waiting.size === 0 || isResting(site, clock()) ? enter() : undefined
			return entered ?? waitForTurn(site, enter)
		},
	}
}

const newSite = (): Site => ({ open: 0, failures: 0, rejected: 0, restsUntil: 0, isProbed: false, waiting: new Set() })

/** One may go and look after the rest; the others wait for what it finds. */
function isResting({ restsUntil, isProbed }: Site, now: number): boolean {
	return restsUntil !== 0 && (now < restsUntil || isProbed)
}

/** What a problem says of the site: a caller's own mistake says nothing. */
export function endOfProblem({ code }: Pick<Problem, 'code'>): VisitEnd {
	if (code === 'site-credential/rejected') return 'rejected'
	return /^(?:network|tls|response)\//.test(code) ? 'silent' : 'unknown'
}

/** How many may be there at a time. */
const mostAt = ({ rejected }: Site): number => (rejected === 0 ? perSite : Math.max(1, mostDoubted - rejected))

function judge(site: Site, end: VisitEnd, now: number): void {
	site.isProbed = false
	if (end === 'unknown') return
	if (end === 'silent') {
		site.failures += 1
		if (site.failures >= failuresInARow) site.restsUntil = now + restMs
		return
	}
	site.failures = 0
	site.restsUntil = 0
	if (end === 'accepted') site.rejected = 0
	if (end === 'rejected') site.rejected += 1
}

/** Lets those in who wait, as far as there is room; all of them learn that there is none to wait for. */
function wake({ waiting }: Site): void {
	for (const next of waiting) if (!next()) return
}

/**
 * Fails with `gateway/busy` after ten seconds, and when too many wait already, and with why nobody gets in. Who gets the turn has
 * entered at once.
 */
function waitForTurn(site: Site, tryToEnter: () => Result<Visit> | undefined): Promise<Result<Visit>> {
	const busy = fail('gateway/busy')
	if (site.waiting.size >= mostWaiting) return Promise.resolve(busy)
	return new Promise((resolve) => {
		const end = (result: Result<Visit>) => {
			clearTimeout(timer)
			site.waiting.delete(next)
			resolve(result)
		}
		const next = () => {
			const entered = tryToEnter()
			if (entered !== undefined) end(entered)
			return entered !== undefined
		}
		const timer = setTimeout(() => end(busy), waitMs)
		site.waiting.add(next)
	})
}
