import { fail, ok, type Result } from '@postern/vocabulary'
import type { Accounts, SessionProof, SignedInAccount, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { confirmPassword } from './confirm-password.ts'
import { forgetFirstSteps } from './forget-first-steps.ts'
import { callLibrary } from './library-calls.ts'
import { normalizePassword } from './password-hashes.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { checkTypedCode, claimTotpCode, findTwoFactorRow } from './second-factor.ts'
import { findProof, renewSession } from './session-proof.ts'
import { requireFreshProof } from './step-up.ts'

type TwoFactorFunctions = Pick<
	Accounts,
	'startTwoFactor' | 'confirmTwoFactor' | 'replaceRecoveryCodes' | 'stopTwoFactor'
>

/** Switching the authenticator app on and off, and the recovery codes. */
export function twoFactorOn(ports: AccountPorts): TwoFactorFunctions {
	const { store, library, now } = ports
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
			await setHasSecondFactor(ports, who.accountId, true)
			const codes = await keepNewRecoveryCodes(ports, who.accountId)
			const renewed = await endOtherSessions(ports, visit, { who, proof: { at: now(), by: 'second-factor' } })
			return renewed.ok ? ok(codes) : renewed
		},

		async replaceRecoveryCodes(who) {
			const account = await store.accountRows.find(who.accountId)
			if (account?.hasSecondFactor !== true) return fail('account/two-factor-state')
			const fresh = await requireFreshProof(ports, who)
			return fresh.ok ? ok(await keepNewRecoveryCodes(ports, who.accountId)) : fresh
		},

		async stopTwoFactor(visit, who) {
			const row = await findTwoFactorRow(ports, who.accountId)
			if (!row || row.verified === false) return fail('account/two-factor-state')
			const fresh = await requireFreshProof(ports, who)
			if (!fresh.ok) return fresh
			await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: who.accountId }] })
			await store.recoveryCodes.replace(who.accountId, [])
			await setHasSecondFactor(ports, who.accountId, false)
			const proof = await findProof(ports, who.sessionId)
			const renewed = await endOtherSessions(ports, visit, { who, proof: proof ?? { at: now(), by: 'password' } })
			return renewed.ok ? ok() : renewed
		},
	}
}

/** What the account library asks for a second step by, whichever second factor it is. */
async function setHasSecondFactor(
	{ library }: AccountPorts,
	accountId: string,
	twoFactorEnabled: boolean,
): Promise<void> {
	await library.adapter.update({
		model: 'user',
		where: [{ field: 'id', value: accountId }],
		update: { twoFactorEnabled },
	})
}

async function keepNewRecoveryCodes({ store }: AccountPorts, accountId: string): Promise<readonly string[]> {
	const codes = newRecoveryCodes()
	await store.recoveryCodes.replace(accountId, codes.map(hashRecoveryCode))
	return codes
}

/** A changed factor ends all other sessions and sign-ins under way; this one goes on under a new id. */
async function endOtherSessions(
	ports: AccountPorts,
	visit: Visit,
	{ who, proof }: { who: SignedInAccount; proof: SessionProof },
): Promise<Result<SignedInAccount>> {
	await ports.library.adapter.deleteMany({
		model: 'session',
		where: [
			{ field: 'userId', value: who.accountId },
			{ field: 'id', operator: 'ne', value: who.sessionId },
		],
	})
	await forgetFirstSteps(ports.library.adapter, who.accountId)
	return renewSession(ports, visit, { who, proof })
}
