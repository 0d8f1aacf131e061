import { passkeyPlace } from '../../accounts/passkey-place.ts'
import { setUp } from '../../flows/set-up.ts'
import { fail, ok, Secret } from '@postern/vocabulary'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'
import { invitationHandlers } from './invitations.ts'
import { meDocument } from './me-document.ts'
import { meHandlers } from './me.ts'
import { passkeyHandlers } from './passkeys.ts'
import { recoveryHandlers } from './recovery.ts'
import { sessionHandlers } from './sessions.ts'
import { stepUpHandlers } from './step-up.ts'
import { twoFactorHandlers } from './two-factor.ts'

/** Every endpoint of the contract's `accounts.ts`. */
export function accountHandlers(ports: AccountRoutePorts) {
	return {
		...setUpHandlers(ports),
		...sessionHandlers(ports),
		...meHandlers(ports),
		...twoFactorHandlers(ports),
		...stepUpHandlers(ports),
		...passkeyHandlers(ports),
		...recoveryHandlers(ports),
		...invitationHandlers(ports),
	}
}

function setUpHandlers(ports: AccountRoutePorts): Pick<Handlers, 'getStatus' | 'setUp'> {
	const { store, configuration, version, setupToken } = ports
	return {
		async getStatus() {
			const { environment, isInsecure } = configuration
			const open = setupToken === undefined ? 'open' : 'needs-token'
			const setup = (await store.installation.isSetupClosed()) ? 'closed' : open
			const passkeyOrigin = passkeyPlace(configuration.origins)?.origins[0] ?? null
			return ok({ version, setup, environment, isInsecure, passkeyOrigin })
		},

		async setUp(request) {
			const { email, username, password, workspaceName, token, language } = request.body
			const accounts = await ports.accounts()
			const made = await setUp(
				request,
				{
					email,
					username,
					password: new Secret(password),
					workspaceName,
					language: language ?? null,
					token: token === undefined ? undefined : new Secret(token),
				},
				{ accounts, store, setupToken },
			)
			if (!made.ok) return made
			const signedIn = await accounts.signInNew(request, made.value)
			if (!signedIn.ok) return signedIn
			const row = await store.accountRows.findByName(made.value.email)
			return row ? meDocument(row.id, accounts, store) : fail('account/session-required')
		},
	}
}
