import type { Language, Result, Secret } from '@postern/vocabulary'
import type { Passkey } from '../store/passkeys.ts'
import type { StoreFunctions } from '../store/store.ts'
import type { ProofKind } from './proof-kinds.ts'

/** What accounts need to know of a request; the HTTP layer's context is one. */
export type Visit = {
	readonly ip: string
	readonly userAgent: string | undefined
	readonly headers: Headers
	/** `Set-Cookie` lines of the answer; added to. */
	readonly cookies: string[]
}

/** When, and by what, whoever holds a session last proved who they are. */
export type SessionProof = { readonly at: Date; readonly by: ProofKind }

/** How somebody can prove again who they are. */
export type ProofMethod = 'passkey' | 'totp' | 'recovery-code' | 'password'

export type ProofState = {
	/** What the account has, the strongest first; what is too weak for it is not among them. */
	readonly methods: readonly ProofMethod[]
	/** Undefined: it has to be proven again. */
	readonly freshUntil: Date | undefined
}

export type SignedInAccount = { readonly accountId: string; readonly username: string; readonly sessionId: string }

export type Account = {
	readonly id: string
	readonly username: string
	readonly email: string
	readonly language: Language | null
	/** An authenticator app or a passkey. */
	readonly hasSecondFactor: boolean
	readonly hasAuthenticatorApp: boolean
}

export type AccountSession = {
	readonly id: string
	readonly createdAt: Date
	readonly lastUsedAt: Date
	readonly ip: string | null
	readonly userAgent: string | null
}

export type NewAccount = { readonly email: string; readonly username: string; readonly password: Secret }

/** A new account whose names and password were judged, and whose password is hashed. */
export type PreparedAccount = NewAccount & { readonly passwordHash: string; readonly language: Language | null }

/** A new password that was judged and hashed. */
export type PreparedPassword = { readonly passwordHash: string }

export type SignInState = 'signed-in' | 'second-factor-required'

/** What somebody types to prove again who they are; `code` is the password, where that is enough. */
export type TypedProof = { readonly kind: 'password' | 'totp' | 'recovery-code'; readonly code: Secret }

/** What a browser needs to make a passkey, and to use one (WebAuthn §5.4, §5.5); bytes are base64url. */
export type PasskeyCreation = {
	readonly rp: { readonly id: string; readonly name: string }
	readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
	readonly challenge: string
	readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[]
	readonly timeout: number
	readonly excludeCredentials: readonly KnownCredential[]
	readonly authenticatorSelection: {
		readonly residentKey: 'required'
		readonly requireResidentKey: boolean
		readonly userVerification: 'required'
	}
	readonly attestation: 'none'
}
export type PasskeyRequest = {
	readonly challenge: string
	readonly rpId: string
	readonly timeout: number
	readonly userVerification: 'required'
	readonly allowCredentials: readonly KnownCredential[]
}
type KnownCredential = {
	readonly type: 'public-key'
	readonly id: string
	readonly transports: readonly string[]
}

/** What a browser gives back: a new passkey, and the answer of one. */
export type PasskeyAttestation = {
	readonly id: string
	readonly rawId: string
	readonly type: 'public-key'
	readonly response: {
		readonly clientDataJSON: string
		readonly attestationObject: string
		readonly transports?: readonly string[] | undefined
	}
}
export type PasskeyAssertion = {
	readonly id: string
	readonly rawId: string
	readonly type: 'public-key'
	readonly response: {
		readonly clientDataJSON: string
		readonly authenticatorData: string
		readonly signature: string
		readonly userHandle?: string | undefined
	}
}

/** Somebody's step that did not succeed, for the audit: the account, where there is one. */
export type SignInOutcome = {
	readonly result: Result<SignInState>
	readonly account: { readonly id: string; readonly username: string } | undefined
}

/** Everything that Postern can do with accounts. Any function may throw `StoreTrouble`. */
export type Accounts = {
	readSession(headers: Headers): Promise<SignedInAccount | undefined>
	find(accountId: string): Promise<Account | undefined>
	setLanguage(accountId: string, language: Language | null): Promise<void>

	/** Fails with `account/credentials-wrong` – the same, as slowly, for an unknown name – or `account/throttled`. */
	signIn(visit: Visit, typed: { username: string; password: Secret }): Promise<SignInOutcome>
	/** Fails with `account/second-factor-wrong`, `account/session-required` (start again), `account/throttled`. */
	finishSignIn(visit: Visit, typed: { kind: 'totp' | 'recovery-code'; code: Secret }): Promise<SignInOutcome>
	/** By what the second step can be done. Fails with `account/session-required`: there was no first one. */
	findSecondStep(visit: Visit): Promise<Result<readonly ProofMethod[]>>
	/** Fails with `account/passkey-unavailable`, `account/throttled`, as everything does that asks for a passkey. */
	startPasskeySignIn(visit: Visit): Promise<Result<PasskeyRequest>>
	/** Password and second factor in one. Fails with `account/passkey-refused`, `account/throttled`. */
	signInWithPasskey(visit: Visit, answer: PasskeyAssertion): Promise<SignInOutcome>
	/** Fails with `account/session-required` (start again) besides. */
	startPasskeySecondStep(visit: Visit): Promise<Result<PasskeyRequest>>
	/** Fails with `account/passkey-refused`, `account/session-required` (start again), `account/throttled`. */
	finishSignInWithPasskey(visit: Visit, answer: PasskeyAssertion): Promise<SignInOutcome>
	/** Signs in whoever was just made. Fails with `account/throttled` when too many passwords are being hashed. */
	signInNew(visit: Visit, account: PreparedAccount): Promise<Result<SignInState>>
	signOut(visit: Visit): Promise<void>

	listSessions(accountId: string): Promise<readonly AccountSession[]>
	/** Fails with `request/not-found`, also for somebody else's. */
	revokeSession(accountId: string, sessionId: string): Promise<Result<AccountSession>>
	/** Gives how many ended. */
	revokeOtherSessions(accountId: string, sessionId: string): Promise<number>

	/** Says whether this session's proof is fresh, and what would make it so. */
	readProof(who: SignedInAccount): Promise<ProofState>
	/** For what a forgotten session must not do. Fails with `account/step-up-required`. */
	requireFreshProof(who: SignedInAccount): Promise<Result<void>>
	/**
	 * Proves again who somebody is; the session goes on under a new id, which the result names. Fails with
	 * `account/step-up-required` (that is not strong enough for this account), `account/credentials-wrong`,
	 * `account/second-factor-wrong`, `account/throttled`.
	 */
	stepUp(visit: Visit, who: SignedInAccount, typed: TypedProof): Promise<Result<SignedInAccount>>

	startPasskeyStepUp(visit: Visit, who: SignedInAccount): Promise<Result<PasskeyRequest>>
	/** As `stepUp`. Fails with `account/passkey-refused`, `account/throttled`. */
	stepUpWithPasskey(visit: Visit, who: SignedInAccount, answer: PasskeyAssertion): Promise<Result<SignedInAccount>>

	listPasskeys(accountId: string): Promise<readonly Passkey[]>
	/** Fails with `account/step-up-required`, `account/passkey-limit`, `account/passkey-unavailable`, `account/throttled`. */
	startPasskey(visit: Visit, who: SignedInAccount): Promise<Result<PasskeyCreation>>
	/** Gives recovery codes with the first one. Fails with `account/passkey-refused`, `account/passkey-name-malformed`. */
	addPasskey(
		visit: Visit,
		who: SignedInAccount,
		made: { name: string; answer: PasskeyAttestation },
	): Promise<Result<{ readonly passkey: Passkey; readonly recoveryCodes: readonly string[] | undefined }>>
	/** Fails with `account/passkey-name-malformed`, and with `request/not-found`, also for somebody else's. */
	renamePasskey(
		who: SignedInAccount,
		passkeyId: string,
		name: string,
	): Promise<Result<{ readonly from: string; readonly to: string }>>
	/** Fails with `account/step-up-required`, and with `request/not-found`, also for somebody else's. */
	removePasskey(visit: Visit, who: SignedInAccount, passkeyId: string): Promise<Result<Passkey>>

	/** Fails with `account/credentials-wrong`, `account/password-…`, `account/throttled`. */
	changePassword(visit: Visit, who: SignedInAccount, typed: { current: Secret; next: Secret }): Promise<Result<void>>

	/**
	 * Fails with `account/credentials-wrong`, `account/two-factor-state`, `account/throttled`, and with
	 * `account/step-up-required` if the account has another second factor.
	 */
	startTwoFactor(
		visit: Visit,
		who: SignedInAccount,
		password: Secret,
	): Promise<Result<{ readonly uri: string; readonly secret: string }>>
	/** Gives recovery codes, unless there are some already. Fails with `account/second-factor-wrong`, `account/two-factor-state`, `account/throttled`. */
	confirmTwoFactor(visit: Visit, who: SignedInAccount, code: Secret): Promise<Result<readonly string[]>>
	/** Fails with `account/step-up-required`, and with `account/two-factor-state` for an account without a second factor. */
	replaceRecoveryCodes(who: SignedInAccount): Promise<Result<readonly string[]>>
	/** Forgets the authenticator app. Fails with `account/step-up-required`, `account/two-factor-state`. */
	stopTwoFactor(visit: Visit, who: SignedInAccount): Promise<Result<void>>

	/**
	 * Judges a new account and hashes its password; `related` names must not be the password.
	 * Fails with `account/username-…`, `account/email-…`, `account/password-…`, `account/throttled` (too many hashes wait).
	 */
	prepareAccount(
		account: NewAccount,
		about: { language: Language | null; related: readonly string[] },
	): Promise<Result<PreparedAccount>>
	/** Makes it in a transaction. Fails with `account/username-taken`, `account/email-taken`. */
	createAccount(account: PreparedAccount, transaction: StoreFunctions): Promise<Result<string>>

	/**
	 * Makes an account that nobody can sign in to, in a transaction. Fails with `account/username-malformed`,
	 * `account/username-taken`.
	 */
	createMachine(username: string, transaction: StoreFunctions): Promise<Result<string>>

	/** Fails with `account/password-…`, `account/throttled`. */
	preparePassword(account: Account, password: Secret): Promise<Result<PreparedPassword>>
	/** Sets a password without the old one, in a transaction: all sessions end, the second factor stays unless it is told to go. */
	recover(
		accountId: string,
		to: PreparedPassword & { readonly removeSecondFactor: boolean },
		transaction: StoreFunctions,
	): Promise<void>

	/** Gives this browser limits of its own, as if the account had signed in there: others who guess cannot keep it out. */
	rememberDevice(visit: Visit, accountId: string): void

	/** Counts one look at a one-time token from this address. Fails with `account/throttled`. */
	admitTokenCheck(visit: Visit): Result<TokenCheck>
}

/** A look at a token; a true one is not counted. */
export type TokenCheck = { succeeded(): void }
