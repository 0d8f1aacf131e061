import { fail, ok, type Result } from '@postern/vocabulary'
import type { AccountRow } from '../store/account-rows.ts'
import type { Accounts, PasskeyCreation } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { changeSecondFactor } from './change-second-factor.ts'
import { readPasskeyName } from './passkey-name.ts'
import {
	credentialOf,
	findPlace,
	keepQuestion,
	passkeyTimeoutMs,
	takeQuestion,
	userHandleOf,
} from './passkey-questions.ts'
import { requireFreshProof } from './step-up.ts'
import { readAttestation } from './web-authn.ts'

type PasskeyFunctions = Pick<
	Accounts,
	'listPasskeys' | 'startPasskey' | 'addPasskey' | 'renamePasskey' | 'removePasskey'
>

const limit = 20
/** Signatures we can check, the best first: Ed25519, ES256, RS256 (RFC 9053, RFC 8812). */
const algorithms = [-8, -7, -257]

/** Keeping passkeys. Each added or removed one ends all other sessions, and this one goes on under a new id. */
export function passkeysOn(ports: AccountPorts): PasskeyFunctions {
	const { store } = ports
	return {
		listPasskeys: (accountId) => store.passkeys.list(accountId),

		async startPasskey(visit, who) {
			const place = findPlace(ports)
			if (!place.ok) return place
			const fresh = await requireFreshProof(ports, who)
			if (!fresh.ok) return fresh
			const account = await store.accountRows.find(who.accountId)
			const known = await store.passkeys.list(who.accountId)
			if (!account) return fail('account/session-required')
			if (known.length >= limit) return fail('account/passkey-limit', { params: { limit } })
			const challenge = await keepQuestion(ports, visit, { purpose: 'add', ...idsOf(who) })
			if (!challenge.ok) return challenge
			const about = { account, rpId: place.value.rpId, challenge: challenge.value }
			return ok({ ...creationOf(about), excludeCredentials: known.map(credentialOf) })
		},

		async addPasskey(visit, who, { name: typed, answer }) {
			const place = findPlace(ports)
			if (!place.ok) return place
			const name = readPasskeyName(typed)
			if (!name.ok) return name
			const asked = await takeQuestion(ports, visit, { purpose: 'add', ...idsOf(who) })
			const made = asked && (await readAttestation(answer, { challenge: asked.challenge, place: place.value }))
			const added = made && (await store.passkeys.add({ ...made, accountId: who.accountId, name: name.value }))
			if (!added) return fail('account/passkey-refused')
			const changed = await changeSecondFactor(ports, visit, { who, by: 'passkey' })
			return changed.ok ? ok({ passkey: added, recoveryCodes: changed.value.recoveryCodes }) : changed
		},

		async renamePasskey(who, id, typed): Promise<Result<{ readonly from: string; readonly to: string }>> {
			const to = readPasskeyName(typed)
			if (!to.ok) return to
			const before = (await store.passkeys.list(who.accountId)).find((passkey) => passkey.id === id)
			const renamed = before && (await store.passkeys.rename(who.accountId, id, to.value))
			return renamed ? ok({ from: before.name, to: renamed.name }) : fail('request/not-found')
		},

		async removePasskey(visit, who, id) {
			const fresh = await requireFreshProof(ports, who)
			if (!fresh.ok) return fresh
			const removed = await store.passkeys.remove(who.accountId, id)
			if (!removed) return fail('request/not-found')
			const changed = await changeSecondFactor(ports, visit, { who })
			return changed.ok ? ok(removed) : changed
		},
	}
}

function idsOf({ accountId, sessionId }: { accountId: string; sessionId: string }) {
	return { accountId, sessionId }
}

type About = { readonly account: AccountRow; readonly rpId: string; readonly challenge: string }

/** "Make a passkey that the device can find by itself, and that it opens only for its owner." */
function creationOf({ account, rpId, challenge }: About): Omit<PasskeyCreation, 'excludeCredentials'> {
	return {
		rp: { id: rpId, name: 'Postern' },
		user: { id: userHandleOf(account.id), name: account.username, displayName: account.username },
		challenge,
		pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
		timeout: passkeyTimeoutMs,
		authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
		attestation: 'none',
	}
}
