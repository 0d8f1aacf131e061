import { findRecoveryLink, recoverAccount } from '../../flows/recover.ts'
import { ok, Secret } from '@postern/vocabulary'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'

type RecoveryHandlers = Pick<Handlers, 'readRecoveryLink' | 'recoverAccount'>

export function recoveryHandlers({ accounts, store }: Pick<AccountRoutePorts, 'accounts' | 'store'>): RecoveryHandlers {
	return {
		async readRecoveryLink(request) {
			const found = await findRecoveryLink(request, new Secret(request.body.token), {
				accounts: await accounts(),
				store,
			})
			if (!found.ok) return found
			const { link, account } = found.value
			const { username, hasSecondFactor } = account
			return ok({ username, hasSecondFactor, expiresAt: link.expiresAt.toISOString() })
		},

		async recoverAccount(request) {
			const { token, newPassword, removeSecondFactor } = request.body
			const { requestId } = request
			const recovery = { token: new Secret(token), newPassword: new Secret(newPassword), removeSecondFactor, requestId }
			return recoverAccount(request, recovery, { accounts: await accounts(), store })
		},
	}
}
