import type { ImportState } from './import-work.ts'

/** Of a workspace's own import all is seen. Another's is elsewhere until it is done or dropped there: a new file would take its place. */
export function seenFrom(workspaceId: string, state: ImportState): ImportState & { readonly isElsewhere: boolean } {
	if (state.workspaceId === workspaceId) return { ...state, isElsewhere: false }
	const isElsewhere = state.phase === 'running' || state.phase === 'stopped'
	return { ...state, rows: [], phase: 'nothing', begun: undefined, problem: undefined, isElsewhere }
}
