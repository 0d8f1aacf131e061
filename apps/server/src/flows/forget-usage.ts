import { ok, type Result } from '@postern/vocabulary'
import type { Store } from '../store/store.ts'

/** More than a year, so that it can be compared with the one before. */
const keptMs = 400 * 86_400_000

/** Forgets how often passwords were used long ago, those that are revoked among them. What was recorded stays. */
export function forgetOldUsage(store: Store, now: Date): Promise<Result<void>> {
	return store.transaction(async ({ audit }) => {
		await audit.deleteUsage(new Date(now.getTime() - keptMs))
		return ok()
	})
}
