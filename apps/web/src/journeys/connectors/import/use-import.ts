import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useWorkspace } from '../../../api/session.ts'
import { refreshLists } from '../connector-queries.ts'
import type { ImportRow } from './import-row.ts'
import { forgetImport, loadImport, onImport, readImport, runImport, stopImport } from './import-work.ts'
import { seenFrom } from './seen-from.ts'

/** The import of this workspace. It goes on when the page is left. */
export function useImport() {
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const start = async () => {
		await runImport()
		await refreshLists(queryClient, workspaceId)
	}
	return {
		...useImportState(workspaceId),
		load: (rows: readonly ImportRow[]) => loadImport(workspaceId, rows),
		start: () => void start(),
		stop: stopImport,
		forget: forgetImport,
	}
}

/** One of another workspace goes on meanwhile, and is seen there. */
export function useImportState(workspaceId: string) {
	return seenFrom(workspaceId, useSyncExternalStore(onImport, readImport))
}
