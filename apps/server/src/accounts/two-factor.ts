import { fail, ok } from '@postern/vocabulary'
import type { Accounts } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { changeSecondFactor, hasApp, keepNewRecoveryCodes } from './change-second-factor.ts'
import { confirmPassword } from './confirm-password.ts'
import { callLibrary } from './library-calls.ts'
import { normalizePassword } from './password-hashes.ts'
import { checkTypedCode, claimTotpCode, findTwoFactorRow } from './second-factor.ts'
import { requireFreshProof } from './step-up.ts'

type TwoFactorFunctions = Pick<
	Accounts,
	'startTwoFactor' | 'confirmTwoFactor' | 'replaceRecoveryCodes' | 'stopTwoFactor'
>

/** Switching the authenticator app on and off, and the recovery codes. */
export function twoFactorOn(ports: AccountPorts): TwoFactorFunctions {
	const { store, library } = ports
	const { api, adapter } = library
	return {
		async startTwoFactor(visit, who, password) {
			const { accountId } = who
			const account = await store.accountRows.find(accountId)
			const fresh = account?.hasSecondFactor ? await requireFreshProof(ports, who) : ok()
			if (!fresh.ok) return fresh
			const confirmed = await confirmPassword(ports, visit, { accountId, password })
			if (!confirmed.ok) return confirmed
			const body = { password: normalizePassword(password.reveal()), method: 'totp' as const }
			const started = await callLibrary(visit, (headers) => api.enableTwoFactor({ body, headers, returnHeaders: true }))
			if (!started.ok) return started
			if (started.value.method !== 'totp') throw new Error('the library made something else than a seed')
			// A new seed has new codes for the same steps.
			await store.accountRows.forgetTotpSteps(accountId)
			const uri = new URL(started.value.totpURI)
			return ok({ uri: uri.href, secret: uri.searchParams.get('secret') ?? '' })
		},

		async confirmTwoFactor(visit, who, code) {
			const row = await findTwoFactorRow(ports, who.accountId)
			if (row?.verified !== false) return fail('account/two-factor-state')
			const checked = await checkTypedCode(ports, who.accountId, () =>
				claimTotpCode(ports, who.accountId, code.reveal()),
			)
			if (!checked.ok) return checked
			const byId = [{ field: 'id', value: row.id }]
			await adapter.update({ model: 'twoFactor', where: byId, update: { verified: true } })
			const changed = await changeSecondFactor(ports, visit, { who, by: 'second-factor' })
			return changed.ok ? ok(changed.value.recoveryCodes ?? []) : changed
		},

		async replaceRecoveryCodes(who) {
			const account = await store.accountRows.find(who.accountId)
			if (account?.hasSecondFactor !== true) return fail('account/two-factor-state')
			const fresh = await requireFreshProof(ports, who)
			return fresh.ok ? ok(await keepNewRecoveryCodes(ports, who.accountId)) : fresh
		},

		async stopTwoFactor(visit, who) {
			if (!(await hasApp(ports, who.accountId))) return fail('account/two-factor-state')
			const fresh = await requireFreshProof(ports, who)
			if (!fresh.ok) return fresh
			await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: who.accountId }] })
			const changed = await changeSecondFactor(ports, visit, { who })
			return changed.ok ? ok() : changed
		},
	}
}
