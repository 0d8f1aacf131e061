import { fail, ok, type Result, type Secret } from '@postern/vocabulary'
import type { AccountRow } from '../store/account-rows.ts'
import { foldName, readEmail, readUsername } from './account-names.ts'
import type { Accounts, SignInOutcome, SignInState, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import type { AuthLibrary } from './auth-library.ts'
import { forgetFirstSteps } from './forget-first-steps.ts'
import { callLibrary, unwrapTrouble } from './library-calls.ts'
import { normalizePassword } from './password-hashes.ts'
import { maxPasswordBytes } from './password-rules.ts'
import { sessionSeconds } from './session-life.ts'
import { keepProof } from './session-proof.ts'
import { signInLimits } from './sign-in-limits.ts'

type SignInFunctions = Pick<Accounts, 'signIn' | 'signInNew'>

export function signInOn(ports: AccountPorts): SignInFunctions {
	const { store, throttle, devices } = ports
	return {
		async signIn(visit, typed) {
			const name = foldName(typed.username)
			const isName = readUsername(name).ok || readEmail(name).ok
			const found = isName ? await store.accountRows.findByName(name) : undefined
			// A machine signs in as little as nobody.
			const account = found?.kind === 'person' ? found : undefined
			const device = account && devices.find(visit.headers, account.id)
			const attempt = throttle.admit(signInLimits(name, visit.ip, device))
			if (!attempt.ok) return { result: attempt, account }
			const result = await checkPassword(ports, visit, { account, password: typed.password })
			if (result.ok) attempt.value.succeeded()
			else if (result.problem.code !== 'account/credentials-wrong') attempt.value.cancelled()
			if (account && result.ok) {
				if (result.value === 'signed-in') await startAnew(ports, visit, account.id)
				else await endSessionsBefore(ports, visit, account.id)
			}
			return { result, account } satisfies SignInOutcome
		},

		async signInNew(visit, account) {
			const row = await store.accountRows.findByName(foldName(account.username))
			if (row === undefined) throw new Error('a new account cannot be found')
			const result = await checkPassword(ports, visit, { account: row, password: account.password })
			if (!result.ok) return result
			await startAnew(ports, visit, row.id)
			return result
		},
	}
}

/** No username looks like this. The library hashes the password for it all the same, so that it takes as long. */
const nobody = '!nobody'

async function checkPassword(
	ports: AccountPorts,
	visit: Visit,
	{ account, password }: { account: AccountRow | undefined; password: Secret },
): Promise<Result<SignInState>> {
	const { library } = ports
	const text = normalizePassword(password.reveal())
	// No password is empty or this long, so the answer says nothing about accounts.
	if (text === '' || Buffer.byteLength(text) > maxPasswordBytes) return fail('account/credentials-wrong')
	const cookies: string[] = []
	// For nobody too, so that it takes as long.
	const hashNow = () => findPasswordHash(library, account?.id ?? nobody)
	const before = await hashNow()
	const signedIn = await callLibrary({ ...visit, cookies }, (headers) =>
		library.api.signInUsername({
			body: { username: account?.username ?? nobody, password: text },
			headers,
			returnHeaders: true,
		}),
	)
	if (!signedIn.ok) return signedIn
	if (account && (await hashNow()) !== before) {
		// Replaced while it was checked: whoever replaced it has ended all sessions but the one that was just made.
		if ('token' in signedIn.value) await endSession(library, signedIn.value.token)
		else await forgetFirstSteps(library.adapter, account.id)
		return fail('account/credentials-wrong')
	}
	visit.cookies.push(...cookies)
	if (!('token' in signedIn.value)) return ok('second-factor-required')
	await keepProof(ports, signedIn.value.token, { at: ports.now(), by: 'password' })
	return ok('signed-in')
}

async function findPasswordHash({ adapter }: AuthLibrary, accountId: string): Promise<string | null | undefined> {
	const row = await adapter.findOne<{ readonly password?: string | null }>({
		model: 'account',
		where: [
			{ field: 'userId', value: accountId },
			{ field: 'providerId', value: 'credential' },
		],
	})
	return row?.password
}

async function endSession({ adapter }: AuthLibrary, token: string): Promise<void> {
	await adapter.deleteMany({ model: 'session', where: [{ field: 'token', value: token }] })
}

/** Follows every way to sign in: what was before ends, and the device is known from now on. */
export async function startAnew(ports: AccountPorts, visit: Visit, accountId: string): Promise<void> {
	await endSessionsBefore(ports, visit, accountId)
	visit.cookies.push(ports.devices.remember(visit.headers, accountId))
}

/**
 * Whoever was signed in here before is so no longer, also when the second step is still to come; and sessions of the
 * account that ended by themselves are not kept.
 */
async function endSessionsBefore({ library, now }: AccountPorts, visit: Visit, accountId: string): Promise<void> {
	const { api, adapter } = library
	const before = await unwrapTrouble(() => api.getSession({ headers: visit.headers, query: { disableRefresh: true } }))
	if (before) await adapter.delete({ model: 'session', where: [{ field: 'id', value: before.session.id }] })
	const idleSince = new Date(now().getTime() - sessionSeconds.idle * 1000)
	for (const [field, value] of [
		['expiresAt', now()],
		['updatedAt', idleSince],
	] as const)
		await adapter.deleteMany({
			model: 'session',
			where: [
				{ field: 'userId', value: accountId },
				{ field, operator: 'lt', value },
			],
		})
}
