import { fail, ok } from '@postern/vocabulary'
import { isUniqueViolation } from '../store/unique-violation.ts'
import type { Accounts } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { forgetFirstSteps } from './forget-first-steps.ts'

type ChangeFunctions = Pick<Accounts, 'createAccount' | 'recover'>

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
