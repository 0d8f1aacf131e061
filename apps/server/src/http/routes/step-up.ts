import type { ProofDocument } from '@postern/api/contract'
import { ok, Secret, type Result } from '@postern/vocabulary'
import type { Accounts, SignedInAccount } from '../../accounts/accounts.ts'
import { stepUp, stepUpWithPasskey } from '../../flows/step-up.ts'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'
import { passkeyRequestDocument } from './passkeys.ts'

type StepUpHandlers = Pick<Handlers, 'getProof' | 'stepUp' | 'startPasskeyStepUp' | 'stepUpWithPasskey'>

export function stepUpHandlers({ accounts, store }: Pick<AccountRoutePorts, 'accounts' | 'store'>): StepUpHandlers {
	return {
		getProof: async ({ session }) => proofDocument(session, await accounts()),

		async stepUp(request) {
			const { kind, code } = request.body
			const ports = { accounts: await accounts(), store }
			const proven = await stepUp(request, request.session, { kind, code: new Secret(code) }, ports)
			return proven.ok ? proofDocument(proven.value, ports.accounts) : proven
		},

		async startPasskeyStepUp(request) {
			const started = await (await accounts()).startPasskeyStepUp(request, request.session)
			return started.ok ? ok(passkeyRequestDocument(started.value)) : started
		},

		async stepUpWithPasskey(request) {
			const ports = { accounts: await accounts(), store }
			const proven = await stepUpWithPasskey(request, request.session, request.body, ports)
			return proven.ok ? proofDocument(proven.value, ports.accounts) : proven
		},
	}
}

async function proofDocument(who: SignedInAccount, accounts: Accounts): Promise<Result<ProofDocument>> {
	const { freshUntil, methods } = await accounts.readProof(who)
	return ok({ freshUntil: freshUntil?.toISOString() ?? null, methods: [...methods] })
}
