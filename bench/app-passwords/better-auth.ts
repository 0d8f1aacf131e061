import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { fetchPackages } from '../fetch-packages.ts'

const versions = { 'better-auth': '1.7.25', '@better-auth/api-key': '1.7.5' }

export const betterAuth = `better-auth ${versions['better-auth']} verifyApiKey`

/** As much of it as is asked here. */
type Auth = {
	readonly $context: Promise<{ internalAdapter: { createUser(user: object): Promise<{ id: string }> } }>
	readonly api: {
		createApiKey(call: { body: object }): Promise<{ key: string }>
		verifyApiKey(call: { body: { key: string } }): Promise<{ valid: boolean }>
	}
}

/**
 * Gives a function that checks an API key by better-auth's plugin, on its adapter in memory, with its own rate limit off. It is
 * fetched into the cache of the tests: what is only compared with is no dependency.
 */
export async function betterAuthCheck(): Promise<() => Promise<void>> {
	const folder = await fetchPackages(`better-auth-${versions['better-auth']}`, versions)
	const load = (file: string) => import(pathToFileURL(path.join(folder, 'node_modules', file)).href)
	const [main, memory, plugin] = await Promise.all([
		load('better-auth/dist/index.mjs'),
		load('better-auth/dist/adapters/memory-adapter/index.mjs'),
		load('@better-auth/api-key/dist/index.mjs'),
	])
	const auth: Auth = main.betterAuth({
		database: memory.memoryAdapter({ user: [], session: [], account: [], verification: [], apikey: [] }),
		secret: 'a secret for measuring, of 32 characters',
		baseURL: 'http://127.0.0.1',
		plugins: [plugin.apiKey({ rateLimit: { enabled: false } })],
		telemetry: { enabled: false },
		logger: { disabled: true },
	})
	const { internalAdapter } = await auth.$context
	const { id: userId } = await internalAdapter.createUser({ email: 'a@example.com', name: 'A', emailVerified: true })
	const { key } = await auth.api.createApiKey({ body: { userId } })
	return async () => {
		if (!(await auth.api.verifyApiKey({ body: { key } })).valid) throw new Error('better-auth refuses its own key.')
	}
}
