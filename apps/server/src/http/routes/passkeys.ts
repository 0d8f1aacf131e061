import type { PasskeyCreationDocument, PasskeyDocument, PasskeyRequestDocument } from '@postern/api/contract'
import { ok } from '@postern/vocabulary'
import type { PasskeyCreation, PasskeyRequest } from '../../accounts/accounts.ts'
import { revokeOfAccount } from '../../flows/revoke-of-account.ts'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'
import { recordOwn } from './me.ts'

type PasskeyHandlers = Pick<
	Handlers,
	'listPasskeys' | 'startPasskey' | 'addPasskey' | 'renamePasskey' | 'removePasskey'
>

export function passkeyHandlers({
	accounts,
	store,
	appPasswords,
}: Pick<AccountRoutePorts, 'accounts' | 'store' | 'appPasswords'>): PasskeyHandlers {
	return {
		async listPasskeys({ session }) {
			const passkeys = await (await accounts()).listPasskeys(session.accountId)
			return ok({ passkeys: passkeys.map(passkeyDocument) })
		},

		async startPasskey(request) {
			const started = await (await accounts()).startPasskey(request, request.session)
			return started.ok ? ok(creationDocument(started.value)) : started
		},

		async addPasskey(request) {
			const { session, body } = request
			const added = await (await accounts()).addPasskey(request, session, body)
			if (!added.ok) return added
			const { passkey, recoveryCodes } = added.value
			await recordOwn(request, 'account.passkey-added', store, { name: passkey.name })
			if (body.revokeApplicationPasswords === true)
				await revokeOfAccount(session.accountId, request, { store, appPasswords })
			return ok({ passkey: passkeyDocument(passkey), recoveryCodes: recoveryCodes ? [...recoveryCodes] : null })
		},

		async renamePasskey(request) {
			const { session, path, body } = request
			const renamed = await (await accounts()).renamePasskey(session, path['passkeyId'] ?? '', body.name)
			if (!renamed.ok) return renamed
			await recordOwn(request, 'account.passkey-renamed', store, renamed.value)
			return ok()
		},

		async removePasskey(request) {
			const { session, path } = request
			const removed = await (await accounts()).removePasskey(request, session, path['passkeyId'] ?? '')
			if (!removed.ok) return removed
			await recordOwn(request, 'account.passkey-removed', store, { name: removed.value.name })
			return ok()
		},
	}
}

type Listed = {
	readonly id: string
	readonly name: string
	readonly createdAt: Date
	readonly lastUsedAt: Date | null
}

function passkeyDocument({ id, name, createdAt, lastUsedAt }: Listed): PasskeyDocument {
	return { id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null }
}

// The contract's arrays are mutable, as zod makes them; ours are not. Hence the copies.

function creationDocument(creation: PasskeyCreation): PasskeyCreationDocument {
	return {
		...creation,
		pubKeyCredParams: [...creation.pubKeyCredParams],
		excludeCredentials: creation.excludeCredentials.map(mutable),
	}
}

export function passkeyRequestDocument(request: PasskeyRequest): PasskeyRequestDocument {
	return { ...request, allowCredentials: request.allowCredentials.map(mutable) }
}

function mutable<C extends { readonly transports: readonly string[] }>(credential: C) {
	return { ...credential, transports: [...credential.transports] }
}
