import { ok } from '@postern/vocabulary'
import {
	createPassword,
	listPasswords,
	renamePassword,
	replacePassword,
	revokeAllPasswords,
	revokePassword,
} from '../../flows/application-passwords.ts'
import type { PasswordPorts } from '../../flows/manage-passwords.ts'
import type { Handlers } from '../api.ts'
import { issuedDocument, passwordDocument } from '../password-documents.ts'
import { inventoryHandlers } from './inventory.ts'
import { managingOf } from './managing-of.ts'
import { noticeHandlers } from './notices.ts'
import { passwordUsageHandler } from './password-usage.ts'
import { profileHandlers } from './profiles.ts'

type PasswordHandlers = Pick<
	Handlers,
	| 'listApplicationPasswords'
	| 'createApplicationPassword'
	| 'renameApplicationPassword'
	| 'replaceApplicationPassword'
	| 'revokeApplicationPassword'
	| 'revokeAllApplicationPasswords'
>
type OtherHandlers = ReturnType<typeof profileHandlers> &
	ReturnType<typeof inventoryHandlers> &
	ReturnType<typeof noticeHandlers> &
	ReturnType<typeof passwordUsageHandler>

/** Every endpoint of the contract's `application-passwords.ts`. */
export function applicationPasswordHandlers(ports: PasswordPorts): PasswordHandlers & OtherHandlers {
	return {
		...passwordHandlers(ports),
		...profileHandlers(ports),
		...inventoryHandlers(ports),
		...noticeHandlers(ports),
		...passwordUsageHandler(ports),
	}
}

function passwordHandlers(ports: PasswordPorts): PasswordHandlers {
	const { now } = ports
	return {
		async listApplicationPasswords(request) {
			const listed = await listPasswords(managingOf(request), ports)
			if (!listed.ok) return listed
			const { owner, all } = listed.value
			return ok({ applicationPasswords: all.map((one) => passwordDocument(one, { owner, now: now() })) })
		},

		async createApplicationPassword(request) {
			const callerScopes = request.caller?.scopes
			const created = await createPassword(managingOf(request), request.body, { ...ports, callerScopes })
			return created.ok ? ok(issuedDocument(created.value, now())) : created
		},

		async renameApplicationPassword(request) {
			const wanted = { uuid: uuidOf(request), name: request.body.name }
			const callerScopes = request.caller?.scopes
			const renamed = await renamePassword(managingOf(request), wanted, { ...ports, callerScopes })
			if (!renamed.ok) return renamed
			const { owner, listed } = renamed.value
			return ok(passwordDocument(listed, { owner, now: now() }))
		},

		async replaceApplicationPassword(request) {
			const wanted = { uuid: uuidOf(request), overlapDays: request.body.overlapDays }
			const replaced = await replacePassword(managingOf(request), wanted, ports)
			return replaced.ok ? ok(issuedDocument(replaced.value, now())) : replaced
		},

		async revokeApplicationPassword(request) {
			const revoked = await revokePassword(managingOf(request), uuidOf(request), ports)
			return revoked.ok ? ok() : revoked
		},

		async revokeAllApplicationPasswords(request) {
			const revoked = await revokeAllPasswords(managingOf(request), ports)
			return revoked.ok ? ok({ count: revoked.value }) : revoked
		},
	}
}

function uuidOf({ path }: { readonly path: Readonly<Record<string, string>> }): string {
	return path['uuid'] ?? ''
}
