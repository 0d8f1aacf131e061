import { revokeOfAccount } from '../../flows/revoke-of-account.ts'
import { ok, Secret } from '@postern/vocabulary'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'
import { recordOwn } from './me.ts'

type TwoFactorHandlers = Pick<
	Handlers,
	'startTwoFactor' | 'confirmTwoFactor' | 'replaceRecoveryCodes' | 'stopTwoFactor'
>

export function twoFactorHandlers({
	accounts,
	store,
	appPasswords,
}: Pick<AccountRoutePorts, 'accounts' | 'store' | 'appPasswords'>): TwoFactorHandlers {
	return {
		async startTwoFactor(request) {
			return (await accounts()).startTwoFactor(request, request.session, new Secret(request.body.password))
		},

		async confirmTwoFactor(request) {
			const confirmed = await (
				await accounts()
			).confirmTwoFactor(request, request.session, new Secret(request.body.code))
			if (!confirmed.ok) return confirmed
			await recordOwn(request, 'account.two-factor-enabled', store)
			if (request.body.revokeApplicationPasswords === true)
				await revokeOfAccount(request.session.accountId, request, { store, appPasswords })
			return ok({ recoveryCodes: [...confirmed.value] })
		},

		async replaceRecoveryCodes(request) {
			const replaced = await (await accounts()).replaceRecoveryCodes(request.session)
			if (!replaced.ok) return replaced
			await recordOwn(request, 'account.recovery-codes-replaced', store)
			return ok({ recoveryCodes: [...replaced.value] })
		},

		async stopTwoFactor(request) {
			const stopped = await (await accounts()).stopTwoFactor(request, request.session)
			if (stopped.ok) await recordOwn(request, 'account.two-factor-disabled', store)
			return stopped
		},
	}
}
