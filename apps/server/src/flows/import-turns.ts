import { createTurns } from '../probe/turns.ts'

export type Caller = { readonly accountId: string; readonly workspaceId: string }

/** Waits until a row of a list may begin; gives what is to be called when it is over. Throws on `signal`. */
export type ImportTurn = (caller: Caller, site: string, signal: AbortSignal) => Promise<() => void>

/** How many rows of lists are looked at at once, however many are sent. */
const atOnce = { site: 2, account: 6, workspace: 12 }

/** The site comes first: rows that wait for one keep nobody from another. */
export function createImportTurns(): ImportTurn {
	const sites = createTurns(atOnce.site)
	const accounts = createTurns(atOnce.account)
	const workspaces = createTurns(atOnce.workspace)
	return async ({ accountId, workspaceId }, site, signal) => {
		const ends: (() => void)[] = []
		const endAll = () => {
			for (const end of ends.splice(0)) end()
		}
		try {
			ends.push(await sites(site, signal))
			ends.push(await accounts(accountId, signal))
			ends.push(await workspaces(workspaceId, signal))
			return endAll
		} catch (left) {
			endAll()
			throw left
		}
	}
}
