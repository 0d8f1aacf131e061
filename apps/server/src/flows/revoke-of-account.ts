import type { PosternAppPasswords } from '../store/application-password/application-password.ts'
import type { Store } from '../store/store.ts'

type Ports = { readonly store: Store; readonly appPasswords: PosternAppPasswords }

/** Revokes all application passwords of an account, in every workspace; for whoever asks it of the own account. */
export async function revokeOfAccount(
	accountId: string,
	{ ip, requestId }: { readonly ip: string; readonly requestId: string },
	{ store, appPasswords }: Ports,
): Promise<void> {
	for (const owner of await store.passwordOwners.listOfAccount(accountId))
		await appPasswords.revokeAll(owner, { by: owner, withPassword: null, ip, requestId })
}
