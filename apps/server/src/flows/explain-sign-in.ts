import { fail, type Secret } from '@postern/vocabulary'
import { foldName } from '../accounts/account-names.ts'
import type { SignInOutcome } from '../accounts/accounts.ts'
import type { Store } from '../store/store.ts'
import { findOwnPassword } from './own-password.ts'

/**
 * An application password signs nobody in. Whoever typed one of their own is told so, with
 * `application-password/not-for-sign-in`; for any other name it is as wrong as any.
 */
export async function explainSignIn(
	{ result, account }: SignInOutcome,
	typed: { readonly username: string; readonly password: Secret },
	ports: { readonly store: Pick<Store, 'passwordStorage'>; readonly now: () => Date },
): Promise<SignInOutcome> {
	if (result.ok || result.problem.code !== 'account/credentials-wrong') return { result, account }
	const owner = (await findOwnPassword(typed.password, ports))?.user
	const name = foldName(typed.username)
	const isOwners = owner !== undefined && [owner.login, owner.email].some((known) => foldName(known) === name)
	return isOwners ? { result: fail('application-password/not-for-sign-in'), account } : { result, account }
}
