import type { ProofDocument } from '@postern/api/contract'
import { ok, Secret, type Result } from '@postern/vocabulary'
import type { Accounts, SignedInAccount } from '../../accounts/accounts.ts'
import { stepUp } from '../../flows/step-up.ts'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'

type StepUpHandlers = Pick<Handlers, 'getProof' | 'stepUp'>

export function stepUpHandlers({ accounts, store }: Pick<AccountRoutePorts, 'accounts' | 'store'>): StepUpHandlers {
	return {
		getProof: async ({ session }) => proofDocument(session, await accounts()),

		async stepUp(request) {
			const { kind, code } = request.body
			const ports = { accounts: await accounts(), store }
			const proven = await stepUp(request, request.session, { kind, code: new Secret(code) }, ports)
			return proven.ok ? proofDocument(proven.value, ports.accounts) : proven
		},
	}
}

export async function proofDocument(who: SignedInAccount, accounts: Accounts): Promise<Result<ProofDocument>> {
	const { freshUntil, methods } = await accounts.readProof(who)
	return ok({ freshUntil: freshUntil?.toISOString() ?? null, methods: [...methods] })
}
