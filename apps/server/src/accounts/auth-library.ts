import { randomBytes } from 'node:crypto'
import { languages, type Secret } from '@postern/vocabulary'
import { symmetricDecrypt } from 'better-auth/crypto'
import { getAdapter } from 'better-auth/db/adapter'
import { betterAuth } from 'better-auth/minimal'
import type { BetterAuthOptions } from 'better-auth/types'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { username } from 'better-auth/plugins/username'
import type { StoreFunctions } from '../store/store.ts'
import { cookiePrefix, isSecure } from './cookie-names.ts'
import { withHashedSessionTokens } from './hashed-session-tokens.ts'
import { maxPasswordBytes } from './password-rules.ts'
import type { PasswordHashes } from './password-hashes.ts'
import { sessionEndpoints } from './session-endpoints.ts'
import { sessionSeconds } from './session-life.ts'

export type AuthLibraryPorts = {
	readonly store: StoreFunctions
	/** Signs cookies and encrypts the seeds of authenticator apps; kept outside the database. */
	readonly secret: Secret
	readonly origin: string
	readonly hashes: PasswordHashes
}

/** The header in which we tell the library a caller's address; its own reading of `X-Forwarded-For` is off. */
export const addressHeader = 'x-postern-address'

/** How long the second step of a sign-in may take. */
const secondStepSeconds = 600

export type AuthLibrary = Awaited<ReturnType<typeof openAuthLibrary>>

/**
 * Opens the account library. Its HTTP handler is not mounted: we call its functions, and answer in our own words. Who may
 * have an account is decided by our flows, so its sign-up is off.
 */
export async function openAuthLibrary(ports: AuthLibraryPorts) {
	const options = optionsOf(ports)
	const adapterOn = async ({ kysely, type }: StoreFunctions) =>
		withHashedSessionTokens(await getAdapter({ ...options, database: { db: kysely, type, transaction: true } }))
	const adapter = await adapterOn(ports.store)
	const auth = betterAuth({ ...options, database: () => adapter })
	const context = await auth.$context
	return {
		api: auth.api,
		adapter,
		/** For what must happen in a transaction of ours. */
		adapterOn,
		secondStepCookie: context.createAuthCookie('two_factor').name,
		findVerification: (identifier: string) => context.internalAdapter.findVerificationValue(identifier),
		decrypt: (data: string) => symmetricDecrypt({ key: context.secretConfig, data }),
	}
}

function optionsOf({ secret, origin, hashes }: AuthLibraryPorts) {
	return {
		appName: 'Postern',
		baseURL: origin,
		secret: secret.reveal(),
		user: {
			modelName: 'auth_user',
			additionalFields: { language: { type: [...languages], required: false, input: false } },
		},
		session: {
			modelName: 'auth_session',
			expiresIn: sessionSeconds.absolute,
			// `updatedAt` is when it was used last; we judge that ourselves.
			disableSessionRefresh: true,
			cookieCache: { enabled: false },
			additionalFields: {
				provenAt: { type: 'date', required: false, input: false },
				provenBy: { type: 'string', required: false, input: false },
			},
		},
		account: { modelName: 'auth_account' },
		verification: { modelName: 'auth_verification', storeIdentifier: 'hashed' as const },
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: 1,
			maxPasswordLength: maxPasswordBytes,
			password: {
				hash: hashes.hash,
				verify: ({ hash, password }: { hash: string; password: string }) => hashes.matches(hash, password),
			},
		},
		databaseHooks: {
			session: {
				create: {
					// 256 bits instead of the library's 190.
					before: async (session: object) => ({ data: { ...session, token: randomBytes(32).toString('base64url') } }),
				},
			},
		},
		plugins: [
			username({ minUsernameLength: 3, maxUsernameLength: 60, usernameValidator: () => true, displayUsername: true }),
			twoFactor({
				issuer: 'Postern',
				schema: { twoFactor: { modelName: 'auth_two_factor' } },
				twoFactorCookieMaxAge: secondStepSeconds,
				// Ours belong to the account, not to the authenticator app (recovery-codes.ts).
				backupCodeOptions: { storeBackupCodes: 'plain', customBackupCodesGenerate: () => [] },
				// Ours is by device as well; this one holds over restarts and nodes, and is short.
				accountLockout: { enabled: true, maxFailedAttempts: 20, durationSeconds: 300 },
			}),
			sessionEndpoints(),
		],
		rateLimit: { enabled: false },
		telemetry: { enabled: false },
		// What goes wrong is thrown or returned; its own lines would name what was typed.
		logger: { disabled: true },
		advanced: {
			cookiePrefix: cookiePrefix(origin),
			useSecureCookies: false,
			defaultCookieAttributes: { secure: isSecure(origin) },
			ipAddress: { ipAddressHeaders: [addressHeader], ipv6Subnet: 128 },
			database: { validateSchema: false },
		},
	} satisfies BetterAuthOptions
}
