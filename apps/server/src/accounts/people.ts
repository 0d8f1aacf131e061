import { languages, ok, type Language } from '@postern/vocabulary'
import { readEmail, readUsername } from './account-names.ts'
import type { Account, Accounts } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { hasApp } from './change-second-factor.ts'
import { confirming } from './confirm-password.ts'
import { asResult, callLibrary } from './library-calls.ts'
import { normalizePassword } from './password-hashes.ts'
import { judgePassword } from './password-rules.ts'
import { forgetFirstSteps } from './forget-first-steps.ts'
import { findProof, keepProof } from './session-proof.ts'
import { tokenLimits } from './sign-in-limits.ts'

type PeopleFunctions = Pick<
	Accounts,
	| 'find'
	| 'setLanguage'
	| 'changePassword'
	| 'prepareAccount'
	| 'preparePassword'
	| 'admitTokenCheck'
	| 'rememberDevice'
>

export function peopleOn(ports: AccountPorts): PeopleFunctions {
	const { store, library, hashes, throttle, devices, now } = ports
	const hash = async (password: string) => asResult(() => hashes.hash(password))
	return {
		async find(accountId) {
			const row = await library.adapter.findOne<UserRow>({ model: 'user', where: [{ field: 'id', value: accountId }] })
			return row ? { ...readAccount(row), hasAuthenticatorApp: await hasApp(ports, row.id) } : undefined
		},

		async setLanguage(accountId, language) {
			await library.adapter.update({ model: 'user', where: [{ field: 'id', value: accountId }], update: { language } })
		},

		async changePassword(visit, who, { current, next }) {
			const account = await store.accountRows.find(who.accountId)
			const workspaces = await store.members.listMemberships(who.accountId)
			const related = [
				account?.username ?? '',
				account?.email ?? '',
				...workspaces.map(({ workspace }) => workspace.name),
			]
			const judged = judgePassword(next, related)
			if (!judged.ok) return judged
			const before = await findProof(ports, who.sessionId)
			const body = {
				currentPassword: normalizePassword(current.reveal()),
				newPassword: normalizePassword(next.reveal()),
				revokeOtherSessions: true,
			}
			const changed = await confirming(ports, who.accountId, () =>
				callLibrary(visit, (headers) => library.api.changePassword({ body, headers, returnHeaders: true })),
			)
			if (!changed.ok) return changed
			const proof = before && before.by !== 'password' ? before : { at: now(), by: 'password' as const }
			// The session that goes on has a new id; what it was proven by stays, or is the password that was just typed.
			if (changed.value.token !== null) await keepProof(ports, changed.value.token, proof)
			await forgetFirstSteps(library.adapter, who.accountId)
			return ok()
		},

		async prepareAccount({ email, username, password }, { language, related }) {
			const name = readUsername(username)
			if (!name.ok) return name
			const address = readEmail(email)
			if (!address.ok) return address
			const judged = judgePassword(password, [name.value, address.value, ...related])
			if (!judged.ok) return judged
			const hashed = await hash(password.reveal())
			if (!hashed.ok) return hashed
			return ok({ email: address.value, username: name.value, password, passwordHash: hashed.value, language })
		},

		async preparePassword(account, password) {
			const judged = judgePassword(password, [account.username, account.email])
			if (!judged.ok) return judged
			const hashed = await hash(password.reveal())
			return hashed.ok ? ok({ passwordHash: hashed.value }) : hashed
		},

		admitTokenCheck: ({ ip }) => throttle.admit(tokenLimits(ip)),

		rememberDevice: ({ headers, cookies }, accountId) => void cookies.push(devices.remember(headers, accountId)),
	}
}

type UserRow = {
	readonly id: string
	readonly email: string
	readonly username?: string | null | undefined
	readonly displayUsername?: string | null | undefined
	readonly language?: string | null | undefined
	readonly twoFactorEnabled?: boolean | null | undefined
}

function readAccount(row: UserRow): Omit<Account, 'hasAuthenticatorApp'> {
	return {
		id: row.id,
		username: row.displayUsername ?? row.username ?? row.email,
		email: row.email,
		language: readLanguage(row.language),
		hasSecondFactor: row.twoFactorEnabled === true,
	}
}

function readLanguage(text: string | null | undefined): Language | null {
	return languages.find((language) => language === text) ?? null
}
