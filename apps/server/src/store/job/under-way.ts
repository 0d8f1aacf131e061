import type { StoreHandle } from '../handle.ts'
import type { JobKind } from './job.ts'

/** Whose jobs of that kind run now: a lease that is over counts no more. */
export function underWay({ db, leaseClock }: StoreHandle, kind: JobKind, workspaceId: string) {
	return db
		.selectFrom('job')
		.select('key')
		.where('kind', '=', kind)
		.where('lease_token', 'is not', null)
		.where('run_at', '>', leaseClock())
		.where('workspace_id', '=', workspaceId)
}
