import { fail, ok, type Result } from '@postern/vocabulary'
import type { Connector } from '../store/connector/connector.ts'
import type { Store } from '../store/store.ts'
import { recordChange, type Change } from './record-change.ts'
import { soonCheck } from './next-check.ts'

/** Lets nothing reach the site any more, until it is resumed. Does nothing, and records nothing, where that is so already. */
export function pauseConnector(change: Change, store: Store): Promise<Result<Connector>> {
	return setPaused(change, true, store)
}

export function resumeConnector(change: Change, store: Store): Promise<Result<Connector>> {
	return setPaused(change, false, store)
}

function setPaused(change: Change, isPaused: boolean, store: Store): Promise<Result<Connector>> {
	const { workspaceId, connectorId } = change
	return store.transaction(async (transaction) => {
		await transaction.workspaces.lock(workspaceId)
		const { connectors } = transaction
		const before = await connectors.find(workspaceId, connectorId)
		if (before === undefined || before.isPaused === isPaused) return before ? ok(before) : fail('request/not-found')
		const set = isPaused ? connectors.pause : connectors.resume
		const changed = await set(workspaceId, connectorId)
		if (changed === undefined) return fail('request/not-found')
		if (isPaused) await transaction.jobs.cancel('connector.check', connectorId)
		else await transaction.jobs.enqueue(soonCheck(changed))
		const event = isPaused ? 'connector.paused' : 'connector.resumed'
		await recordChange(change, event, changed, transaction)
		return ok(changed)
	})
}
