import type { SignInOutcome } from '../../accounts/accounts.ts'
import { explainSignIn } from '../../flows/explain-sign-in.ts'
import { recordAccountEvent, visitor } from '../../flows/record-account-event.ts'
import { recordCopiedPasskey } from '../../flows/record-copied-passkey.ts'
import type { Store } from '../../store/store.ts'
import { ok, Secret, type ProblemCode } from '@postern/vocabulary'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'
import { recordOwn } from './me.ts'
import { passkeyRequestDocument } from './passkeys.ts'

type SessionHandlers = Pick<
	Handlers,
	| 'signIn'
	| 'findSecondStep'
	| 'signInSecondFactor'
	| 'startPasskeySignIn'
	| 'signInWithPasskey'
	| 'startPasskeySecondFactor'
	| 'signInSecondFactorPasskey'
	| 'signOut'
>

export function sessionHandlers({
	accounts,
	store,
	now,
}: Pick<AccountRoutePorts, 'accounts' | 'store' | 'now'>): SessionHandlers {
	const record = async (outcome: SignInOutcome, factor: string, requestId: string) => {
		await recordSignIn(outcome, { factor, requestId }, store)
		if (!outcome.result.ok)
			await recordCopiedPasskey(outcome.result.problem, requestId, { accounts: await accounts(), store })
	}
	return {
		async signIn(request) {
			const { username, password } = request.body
			const typed = { username, password: new Secret(password) }
			const outcome = await (await accounts()).signIn(request, typed)
			await record(outcome, 'password', request.requestId)
			return stateOf(await explainSignIn(outcome, typed, { store, now }))
		},

		async signInSecondFactor(request) {
			const { kind, code } = request.body
			const outcome = await (await accounts()).finishSignIn(request, { kind, code: new Secret(code) })
			await record(outcome, kind, request.requestId)
			return stateOf(outcome)
		},

		async findSecondStep(request) {
			const methods = await (await accounts()).findSecondStep(request)
			return methods.ok ? ok({ methods: [...methods.value] }) : methods
		},

		async startPasskeySignIn(request) {
			const started = await (await accounts()).startPasskeySignIn(request)
			return started.ok ? ok(passkeyRequestDocument(started.value)) : started
		},

		async signInWithPasskey(request) {
			const outcome = await (await accounts()).signInWithPasskey(request, request.body)
			await record(outcome, 'passkey', request.requestId)
			return stateOf(outcome)
		},

		async startPasskeySecondFactor(request) {
			const started = await (await accounts()).startPasskeySecondStep(request)
			return started.ok ? ok(passkeyRequestDocument(started.value)) : started
		},

		async signInSecondFactorPasskey(request) {
			const outcome = await (await accounts()).finishSignInWithPasskey(request, request.body)
			await record(outcome, 'passkey', request.requestId)
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

const wrongGuesses: readonly ProblemCode[] = [
	'account/credentials-wrong',
	'account/second-factor-wrong',
	'account/passkey-refused',
]

function isWrongGuess(code: ProblemCode): boolean {
	return wrongGuesses.includes(code)
}
