import type { SignInOutcome } from '../../accounts/accounts.ts'
import { recordAccountEvent, visitor } from '../../flows/record-account-event.ts'
import type { Store } from '../../store/store.ts'
import { ok, Secret } from '@postern/vocabulary'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'
import { recordOwn } from './me.ts'

type SessionHandlers = Pick<Handlers, 'signIn' | 'signInSecondFactor' | 'signOut'>

export function sessionHandlers({ accounts, store }: Pick<AccountRoutePorts, 'accounts' | 'store'>): SessionHandlers {
	return {
		async signIn(request) {
			const { username, password } = request.body
			const outcome = await (await accounts()).signIn(request, { username, password: new Secret(password) })
			await recordSignIn(outcome, { factor: 'password', requestId: request.requestId }, store)
			return stateOf(outcome)
		},

		async signInSecondFactor(request) {
			const { kind, code } = request.body
			const outcome = await (await accounts()).finishSignIn(request, { kind, code: new Secret(code) })
			await recordSignIn(outcome, { factor: kind, requestId: request.requestId }, store)
			return stateOf(outcome)
		},

		async signOut(request) {
			await (await accounts()).signOut(request)
			await recordOwn(request, 'account.signed-out', store)
			return ok()
		},
	}
}

function stateOf({ result }: SignInOutcome) {
	return result.ok ? ok({ state: result.value }) : result
}

/** Neither a first step that waits for the second, nor an attempt that was not looked at, is an event. */
async function recordSignIn(
	{ result, account }: SignInOutcome,
	{ factor, requestId }: { factor: string; requestId: string },
	store: Store,
): Promise<void> {
	if (result.ok && result.value === 'signed-in' && account) {
		const actor = { kind: 'member', id: account.id, name: account.username } as const
		await recordAccountEvent({ event: 'account.signed-in', actor, account, params: { factor }, requestId }, store)
	} else if (!result.ok && isWrongGuess(result.problem.code)) {
		const event = { event: 'account.sign-in-failed', actor: visitor, account, params: { factor }, requestId } as const
		await recordAccountEvent(event, store)
	}
}

function isWrongGuess(code: string): boolean {
	return code === 'account/credentials-wrong' || code === 'account/second-factor-wrong'
}
