import type { AppPasswords, Grants, Held, User, WordPressError } from '@postern/app-passwords'
import { fail, ok, type Result, type Scope } from '@postern/vocabulary'
import { readBasicCredentials } from '@postern/wordpress'
import type { ApiCaller, SessionReader } from './session-reader.ts'

/** An account in one of its workspaces, as the verifier knows it. */
type Owner = User & { readonly accountId: string; readonly workspaceId: string }
type Granted = Grants & { readonly scopes: readonly Scope[]; readonly connectors: ApiCaller['connectors'] }

/** Lets applications in to `/api/v1` by the one verifier of application passwords. */
export function passwordReader<U extends Owner, G extends Granted>({
	authenticate,
}: Pick<AppPasswords<U, G>, 'authenticate'>): SessionReader['readPassword'] {
	return async (headers, { ip, requestId, isTls }) => {
		const field = headers.get('authorization')
		if (field === null) return undefined
		const credentials = readBasicCredentials(field)
		if (credentials.kind !== 'basic') return fail('application-password/credentials-wrong')
		const { userId, password } = credentials
		const proven = await authenticate({ userId, password, ip, isTls, requestId })
		// Nobody has a password here, or they are off on plain http.
		if (proven === undefined) return fail('application-password/credentials-wrong')
		return proven.ok ? ok(callerOf(proven.value)) : refusal(proven.error)
	}
}

function callerOf({ user, password }: Held<Owner, Granted>): ApiCaller {
	const { uuid, name, grants } = password
	const { accountId, workspaceId, login } = user
	const person = { accountId, username: login, withPassword: { uuid, name } }
	return { person, workspaceId, scopes: new Set(grants.scopes), connectors: grants.connectors }
}

const wrong = new Set(['invalid_username', 'invalid_email', 'incorrect_password'])
const reasons: Readonly<Record<string, string>> = {
	application_password_expired: 'expired',
	application_password_address: 'address',
	invalid_application_credentials: 'second-factor',
	application_passwords_disabled: 'off',
	application_passwords_disabled_for_user: 'off-for-account',
}

/** On our own surface a wrong name and a wrong password are one answer. */
function refusal({ code, status, retryAfterSeconds }: WordPressError): Result<never> {
	if (status === 429) return fail('request/throttled', { params: { seconds: retryAfterSeconds ?? 60 } })
	if (wrong.has(code)) return fail('application-password/credentials-wrong')
	return fail('application-password/refused', { params: { reason: reasons[code] ?? code } })
}
