import { ok, type Result } from '@postern/vocabulary'
import type { Store } from '../store/store.ts'

const noticeMs = 7 * 86_400_000

/** Tells owners of passwords that end within seven days, once; all of it or nothing. */
export async function noticeExpiry(store: Store, now: Date): Promise<Result<void>> {
	const until = new Date(now.getTime() + noticeMs)
	const workspaceIds = await store.applicationPasswords.findExpiring(now, until)
	if (workspaceIds.length === 0) return ok()
	return store.transaction(async ({ workspaces, applicationPasswords, notices }) => {
		await workspaces.lock(...workspaceIds)
		for (const { memberId, password } of await applicationPasswords.takeExpiring(now, until, workspaceIds))
			await notices.give({
				kind: 'password-about-to-expire',
				memberId,
				uuid: password.uuid,
				name: password.name,
				params: { expiresAt: password.expires?.toISOString() ?? '' },
			})
		return ok()
	})
}
