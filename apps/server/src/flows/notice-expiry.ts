import { ok, type Result } from '@postern/vocabulary'
import type { Store } from '../store/store.ts'

const noticeMs = 7 * 86_400_000

/** Tells owners of passwords that end within seven days, once; all of it or nothing. */
export function noticeExpiry(store: Store, now: Date): Promise<Result<void>> {
	return store.transaction(async ({ applicationPasswords, notices }) => {
		for (const { memberId, password } of await applicationPasswords.takeExpiring(
			now,
			new Date(now.getTime() + noticeMs),
		))
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
