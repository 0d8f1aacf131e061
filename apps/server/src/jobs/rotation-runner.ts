import type { Logger } from 'pino'
import { leaseMs, type RotationPorts } from '../flows/rotate-connector/rotation-ports.ts'
import { runRotation } from '../flows/rotate-connector/run-rotation.ts'
import { sweepRotations, takeOverRotations } from '../flows/rotate-connector/sweep-rotations.ts'
import type { HeldRotation } from '../store/rotation/rotation.ts'

export type RotationRunner = {
	/** Goes on with a rotation in the background; what waits a little is waited for here. */
	goOn(held: HeldRotation): void
	/** Takes over what a process before this one left. Before anybody can begin another one. */
	takeOver(): Promise<void>
	/** Looks now and then once a minute for what is due. */
	start(): void
	/** Ends what is under way after its step; another start goes on with it. */
	stop(): Promise<void>
}

const sweepEveryMs = 60_000
/** What waits longer is left to the look once a minute. */
const longestWaitMs = 300_000

/**
 * When rotations run. They have leases of their own, in the rows whose steps these fence: a person who rotates now and one who
 * deletes the connector hold the very same.
 */
export function createRotationRunner(
	ports: Omit<RotationPorts, 'signal'>,
	logger: Pick<Logger, 'error'>,
): RotationRunner {
	const stopping = new AbortController()
	const timers = new Set<NodeJS.Timeout>()
	const running = new Set<Promise<void>>()
	const inside = { ...ports, signal: stopping.signal }

	const track = (work: Promise<void>): void => {
		const tracked = work
			.catch((error: unknown) => logger.error({ err: error }, 'a rotation was not finished'))
			.finally(() => running.delete(tracked))
		running.add(tracked)
	}
	const at = (ms: number, work: () => Promise<void>): void => {
		if (stopping.signal.aborted) return
		const timer = setTimeout(() => {
			timers.delete(timer)
			track(work())
		}, ms).unref()
		timers.add(timer)
	}
	const run = async (held: HeldRotation, isFresh: boolean): Promise<void> => {
		const ran = await runRotation(held, { isFresh }, inside)
		if (ran.kind !== 'later') return
		if (ran.waitMs <= longestWaitMs) at(ran.waitMs, () => claim(held.connectorId))
	}
	const claim = async (connectorId: string): Promise<void> => {
		const held = await ports.store.rotations.claim(connectorId, { leaseMs })
		if (held !== undefined) await run(held, false)
	}
	const sweep = async (): Promise<void> => {
		try {
			await sweepRotations(inside)
		} finally {
			at(sweepEveryMs, sweep)
		}
	}
	return {
		goOn: (held) => track(run(held, held.phase === 'named')),
		takeOver: () => takeOverRotations(ports),
		start: () => track(sweep()),
		async stop() {
			stopping.abort()
			for (const timer of timers) clearTimeout(timer)
			await Promise.all(running)
		},
	}
}
