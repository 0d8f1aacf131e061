import { randomUUID } from 'node:crypto'
import { fail, ok, type Result } from '@postern/vocabulary'
import type { StoreFunctions } from '../store/store.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { readUsername } from './account-names.ts'
import type { Accounts, PreparedAccount } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { forgetFirstSteps } from './forget-first-steps.ts'

type ChangeFunctions = Pick<Accounts, 'createAccount' | 'createMachine' | 'recover'>

/** What happens to accounts in transactions of ours, past the library's own functions. */
export function accountChangesOn({ library, now }: AccountPorts): ChangeFunctions {
	return {
		createAccount: (account, transaction) => createUser({ ...account, kind: 'person' }, transaction, { library, now }),

		async createMachine(typed, transaction) {
			const username = readUsername(typed)
			if (!username.ok) return username
			// The library wants an address; nobody has this one.
			const email = `${randomUUID()}@machine.invalid`
			const machine = {
				username: username.value,
				email,
				language: null,
				passwordHash: undefined,
				kind: 'machine',
			} as const
			return createUser(machine, transaction, { library, now })
		},

		async recover(accountId, { passwordHash, removeSecondFactor }, transaction) {
			const adapter = await library.adapterOn(transaction)
			const owned = [{ field: 'userId', value: accountId }]
			await adapter.updateMany({
				model: 'account',
				where: [...owned, { field: 'providerId', value: 'credential' }],
				update: { password: passwordHash, updatedAt: now() },
			})
			await adapter.deleteMany({ model: 'session', where: owned })
			await forgetFirstSteps(adapter, accountId)
			if (!removeSecondFactor) return
			await adapter.deleteMany({ model: 'twoFactor', where: owned })
			await transaction.passkeys.removeAll(accountId)
			await transaction.recoveryCodes.replace(accountId, [])
			await adapter.update({
				model: 'user',
				where: [{ field: 'id', value: accountId }],
				update: { twoFactorEnabled: false },
			})
		},
	}
}

type NewUser = Pick<PreparedAccount, 'username' | 'email' | 'language'> & {
	readonly kind: 'person' | 'machine'
	/** Undefined: there is no way to sign in. */
	readonly passwordHash: string | undefined
}

/** Gives its id. Fails with `account/username-taken`, `account/email-taken`. */
async function createUser(
	{ username, email, language, kind, passwordHash }: NewUser,
	transaction: StoreFunctions,
	{ library, now }: Pick<AccountPorts, 'library' | 'now'>,
): Promise<Result<string>> {
	const folded = username.toLowerCase()
	if (await transaction.accountRows.findByName(folded)) return fail('account/username-taken')
	if (await transaction.accountRows.findByName(email)) return fail('account/email-taken')
	const adapter = await library.adapterOn(transaction)
	const times = { createdAt: now(), updatedAt: now() }
	const names = { name: username, username: folded, displayUsername: username, email, emailVerified: false }
	try {
		const { id } = await adapter.create<Record<string, unknown>, { id: string }>({
			model: 'user',
			data: { ...times, ...names, language, twoFactorEnabled: false },
		})
		if (passwordHash !== undefined)
			await adapter.create({
				model: 'account',
				data: { ...times, userId: id, accountId: id, providerId: 'credential', password: passwordHash },
			})
		await transaction.accountProfiles.create(id, kind)
		return ok(id)
	} catch (error) {
		// On PostgreSQL somebody else may have taken the name since we looked.
		if (isUniqueViolation(error, 'username')) return fail('account/username-taken')
		if (isUniqueViolation(error, 'email')) return fail('account/email-taken')
		throw error
	}
}
