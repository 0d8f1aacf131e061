import { fail, ok, type Result, type Secret } from '@postern/vocabulary'
import * as z from 'zod/mini'
import type { Accounts, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { confirmPassword } from './confirm-password.ts'
import { forgetFirstSteps } from './forget-first-steps.ts'
import { callLibrary } from './library-calls.ts'
import { normalizePassword } from './password-hashes.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { checkTypedCode, claimTotpCode, findTwoFactorRow, type TwoFactorRow } from './second-factor.ts'

type TwoFactorFunctions = Pick<
	Accounts,
	'startTwoFactor' | 'confirmTwoFactor' | 'replaceRecoveryCodes' | 'stopTwoFactor'
>

/** Switching the second factor on and off. Each switch ends all other sessions, and this one goes on under a new id. */
export function twoFactorOn(ports: AccountPorts): TwoFactorFunctions {
	const { store, library } = ports
	const { api } = library
	return {
		async startTwoFactor(visit, who, password) {
			const confirmed = await confirmPassword(ports, visit, { accountId: who.accountId, password })
			if (!confirmed.ok) return confirmed
			const started = await callLibrary(visit, (headers) =>
				api.enableTwoFactor({
					body: { password: normalizePassword(password.reveal()), method: 'totp' },
					headers,
					returnHeaders: true,
				}),
			)
			if (!started.ok) return started
			if (started.value.method !== 'totp') throw new Error('the library made something else than a seed')
			// A new seed has new codes for the same steps.
			await store.accountRows.forgetTotpSteps(who.accountId)
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
			const codes = await keepNewRecoveryCodes(ports, row)
			await endOtherSessions(ports, who)
			const body = { code: code.reveal().replaceAll(/\s/g, '') }
			const enabled = await callLibrary(visit, (headers) => api.verifyTOTP({ body, headers, returnHeaders: true }))
			return enabled.ok ? ok(codes) : enabled
		},

		async replaceRecoveryCodes(visit, who, password) {
			const confirmed = await confirmPassword(ports, visit, { accountId: who.accountId, password })
			if (!confirmed.ok) return confirmed
			const row = await findTwoFactorRow(ports, who.accountId)
			if (!row || row.verified === false) return fail('account/two-factor-state')
			return ok(await keepNewRecoveryCodes(ports, row))
		},

		async stopTwoFactor(visit, who, { password, code }) {
			const row = await findTwoFactorRow(ports, who.accountId)
			if (!row || row.verified === false) return fail('account/two-factor-state')
			const confirmed = await confirmPassword(ports, visit, { accountId: who.accountId, password })
			if (!confirmed.ok) return confirmed
			const typed = code.reveal()
			const checked = await checkTypedCode(
				ports,
				who.accountId,
				async () => isRecoveryCode(row, typed) || claimTotpCode(ports, who.accountId, typed),
			)
			if (!checked.ok) return checked
			await endOtherSessions(ports, who)
			return stop(ports, visit, password)
		},
	}
}

async function stop({ library: { api } }: AccountPorts, visit: Visit, password: Secret): Promise<Result<void>> {
	const body = { password: normalizePassword(password.reveal()) }
	const stopped = await callLibrary(visit, (headers) => api.disableTwoFactor({ body, headers, returnHeaders: true }))
	return stopped.ok ? ok() : stopped
}

async function keepNewRecoveryCodes({ library }: AccountPorts, row: TwoFactorRow): Promise<readonly string[]> {
	const codes = newRecoveryCodes()
	await library.adapter.update({
		model: 'twoFactor',
		where: [{ field: 'id', value: row.id }],
		update: { backupCodes: JSON.stringify(codes.map(hashRecoveryCode)) },
	})
	return codes
}

const hashes = z.array(z.string())

function isRecoveryCode(row: TwoFactorRow, typed: string): boolean {
	return hashes.parse(JSON.parse(row.backupCodes)).includes(hashRecoveryCode(typed))
}

async function endOtherSessions(
	{ library }: AccountPorts,
	who: { accountId: string; sessionId: string },
): Promise<void> {
	await library.adapter.deleteMany({
		model: 'session',
		where: [
			{ field: 'userId', value: who.accountId },
			{ field: 'id', operator: 'ne', value: who.sessionId },
		],
	})
	await forgetFirstSteps(library.adapter, who.accountId)
}
