import { randomUUID } from 'node:crypto'
import { fail, ok } from '@postern/vocabulary'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { readUsername } from './account-names.ts'
import type { Accounts } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { forgetFirstSteps } from './forget-first-steps.ts'

type ChangeFunctions = Pick<Accounts, 'createAccount' | 'createMachine' | 'recover'>

/** What happens to accounts in transactions of ours, past the library's own functions. */
export function accountChangesOn({ library, now }: AccountPorts): ChangeFunctions {
	return {
		async createAccount(account, transaction) {
			if (await transaction.accountRows.findByName(account.username.toLowerCase()))
				return fail('account/username-taken')
			if (await transaction.accountRows.findByName(account.email)) return fail('account/email-taken')
			const adapter = await library.adapterOn(transaction)
			const times = { createdAt: now(), updatedAt: now() }
			try {
				const user = await adapter.create<Record<string, unknown>, { id: string }>({
					model: 'user',
					data: {
						...times,
						name: account.username,
						email: account.email,
						emailVerified: false,
						username: account.username.toLowerCase(),
						displayUsername: account.username,
						language: account.language,
						twoFactorEnabled: false,
					},
				})
				await adapter.create({
					model: 'account',
					data: {
						...times,
						userId: user.id,
						accountId: user.id,
						providerId: 'credential',
						password: account.passwordHash,
					},
				})
				await transaction.accountProfiles.create(user.id, 'person')
				return ok(user.id)
			} catch (error) {
				// On PostgreSQL somebody else may have taken the name since we looked.
				if (isUniqueViolation(error, 'username')) return fail('account/username-taken')
				if (isUniqueViolation(error, 'email')) return fail('account/email-taken')
				throw error
			}
		},

		async createMachine(typed, transaction) {
			const username = readUsername(typed)
			if (!username.ok) return username
			const name = username.value.toLowerCase()
			if (await transaction.accountRows.findByName(name)) return fail('account/username-taken')
			const adapter = await library.adapterOn(transaction)
			try {
				// Without a row of credentials there is no way to sign in. The library wants an address; nobody has this one.
				const user = await adapter.create<Record<string, unknown>, { id: string }>({
					model: 'user',
					data: {
						createdAt: now(),
						updatedAt: now(),
						name: username.value,
						email: `${randomUUID()}@machine.invalid`,
						emailVerified: false,
						username: name,
						displayUsername: username.value,
						twoFactorEnabled: false,
					},
				})
				await transaction.accountProfiles.create(user.id, 'machine')
				return ok(user.id)
			} catch (error) {
				if (isUniqueViolation(error, 'username')) return fail('account/username-taken')
				throw error
			}
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
