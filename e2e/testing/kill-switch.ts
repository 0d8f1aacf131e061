import type { Animal, Visit } from '@postern/wp-client/testing/zoo-server'

/** At which request of Postern's to a site the process is killed, and when. */
export type KillPoint = {
	readonly at: 'verify' | 'create' | 'prove' | 'delete'
	/** Before the site does anything, after it did but before it answers, or soon after it answered. */
	readonly when: 'before' | 'unanswered' | 'answered'
}

export const killPoints: readonly KillPoint[] = (['verify', 'create', 'prove', 'delete'] as const).flatMap((at) =>
	(['before', 'unanswered', 'answered'] as const).map((when) => ({ at, when })),
)

export type KillSwitch = {
	/** Put before a site. */
	readonly guard: (next: Animal) => Animal
	/** Kills once, when Postern comes to that point; over when the process is gone. */
	arm(point: KillPoint, kill: () => Promise<void>, afterMs: number): Promise<void>
	disarm(): void
}

/** Watches what Postern asks of a site, and pulls the plug at one of these requests: no step of ours needs to know of it. */
export function createKillSwitch(): KillSwitch {
	let armed: { point: KillPoint; kill: () => void; afterMs: number } | undefined
	let hasCreated = false
	const isThere = (visit: Visit): boolean => {
		const passwords = visit.url.includes('/users/me/application-passwords')
		if (visit.method === 'POST' && passwords) return armed?.point.at === 'create'
		if (visit.method === 'DELETE' && passwords) return armed?.point.at === 'delete'
		const isProof = visit.url.includes('/users/me') && !passwords && visit.headers.authorization !== undefined
		return isProof && armed?.point.at === (hasCreated ? 'prove' : 'verify')
	}
	return {
		guard: (next) => (visit) => {
			const hit = armed !== undefined && isThere(visit) ? armed : undefined
			if (visit.method === 'POST' && visit.url.includes('/application-passwords')) hasCreated = true
			if (hit === undefined) return next(visit)
			armed = undefined
			if (hit.point.when !== 'answered') {
				if (hit.point.when === 'unanswered') next(visit)
				hit.kill()
				return () => undefined // nobody will hear of it
			}
			setTimeout(hit.kill, hit.afterMs)
			return next(visit)
		},
		arm: (point, kill, afterMs) =>
			new Promise((resolve, reject) => {
				hasCreated = false
				armed = { point, afterMs, kill: () => void kill().then(resolve, reject) }
			}),
		disarm: () => (armed = undefined),
	}
}
