import type { AuthLibrary } from './auth-library.ts'

/** Ends sign-ins that wait for their second step: they began with what has changed since. */
export async function forgetFirstSteps(
	adapter: Pick<AuthLibrary['adapter'], 'deleteMany'>,
	accountId: string,
): Promise<void> {
	await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: accountId }] })
}
