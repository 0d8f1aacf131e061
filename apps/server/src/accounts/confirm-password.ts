import { ok, type Result, type Secret } from '@postern/vocabulary'
import type { Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { callLibrary } from './library-calls.ts'
import { normalizePassword } from './password-hashes.ts'
import { confirmationLimits } from './sign-in-limits.ts'

/** Checks the password of whoever is signed in. Fails with `account/credentials-wrong` or `account/throttled`. */
export function confirmPassword(
	ports: AccountPorts,
	visit: Visit,
	{ accountId, password }: { accountId: string; password: Secret },
): Promise<Result<void>> {
	const { api } = ports.library
	return confirming(ports, accountId, async () => {
		const body = { password: normalizePassword(password.reveal()) }
		const checked = await callLibrary(visit, (headers) => api.verifyPassword({ body, headers, returnHeaders: true }))
		return checked.ok ? ok() : checked
	})
}

/** Limits how often a password may be typed within a session. */
export async function confirming<T>(
	{ throttle }: AccountPorts,
	accountId: string,
	check: () => Promise<Result<T>>,
): Promise<Result<T>> {
	const attempt = throttle.admit(confirmationLimits(accountId))
	if (!attempt.ok) return attempt
	const checked = await check()
	if (checked.ok) attempt.value.succeeded()
	else if (checked.problem.code !== 'account/credentials-wrong') attempt.value.cancelled()
	return checked
}
