import type { ChallengePurpose } from './challenge-purpose.ts'
import type { StoreHandle } from './handle.ts'

export type PasskeyChallenge = {
	readonly purpose: ChallengePurpose
	/** 32 random bytes, base64url. */
	readonly challenge: string
	/** Whose passkey must answer; null: anybody's. */
	readonly accountId: string | null
	/** The session in which it was asked, where there is one. */
	readonly sessionId: string | null
	readonly expiresAt: Date
}

export type PasskeyChallenges = ReturnType<typeof passkeyChallengesOn>

/** Questions to authenticators that wait for their answer, each under the hash of a token that its browser holds. */
export function passkeyChallengesOn({ db, now }: StoreHandle) {
	return {
		/** Keeps one, and forgets those that nobody answered in time. */
		async keep(tokenHash: string, { purpose, challenge, accountId, sessionId, expiresAt }: PasskeyChallenge) {
			await db.deleteFrom('passkey_challenge').where('expires_at', '<=', now().getTime()).execute()
			const bounds = { account_id: accountId, session_id: sessionId, expires_at: expiresAt.getTime() }
			await db
				.insertInto('passkey_challenge')
				.values({ token_hash: tokenHash, purpose, challenge, ...bounds })
				.execute()
		},

		/** Uses it up: of any number of attempts one gets it. */
		async take(tokenHash: string): Promise<PasskeyChallenge | undefined> {
			const row = await db
				.deleteFrom('passkey_challenge')
				.where('token_hash', '=', tokenHash)
				.returningAll()
				.executeTakeFirst()
			if (row === undefined || row.expires_at <= now().getTime()) return undefined
			const { purpose, challenge, account_id: accountId, session_id: sessionId } = row
			return { purpose, challenge, accountId, sessionId, expiresAt: new Date(row.expires_at) }
		},
	}
}
