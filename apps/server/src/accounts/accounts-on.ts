import { accountChangesOn } from './account-changes.ts'
import type { AccountPorts } from './account-ports.ts'
import type { Accounts } from './accounts.ts'
import { passkeySignInOn } from './passkey-sign-in.ts'
import { passkeysOn } from './passkeys.ts'
import { peopleOn } from './people.ts'
import { secondFactorOn } from './second-factor.ts'
import { sessionsOn } from './sessions.ts'
import { signInOn } from './sign-in.ts'
import { stepUpOn } from './step-up.ts'
import { twoFactorOn } from './two-factor.ts'

export { openAuthLibrary } from './auth-library.ts'
export { createPasswordHashes } from './password-hashes.ts'

export function accountsOn(ports: AccountPorts): Accounts {
	return {
		...peopleOn(ports),
		...accountChangesOn(ports),
		...sessionsOn(ports),
		...signInOn(ports),
		...secondFactorOn(ports),
		...twoFactorOn(ports),
		...stepUpOn(ports),
		...passkeysOn(ports),
		...passkeySignInOn(ports),
	}
}
