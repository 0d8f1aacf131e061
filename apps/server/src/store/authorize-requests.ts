import { hash } from 'node:crypto'
import { keptRequestMs, type AuthorizeRequests, type KeptRequest } from '@postern/app-passwords'
import type { StoreHandle } from './handle.ts'
import { storable } from './storable.ts'

/** More pages than this nobody has open at once; the oldest go. */
const mostPerUser = 50

/** Requests on the authorize page that wait for an answer, each under the hash of the id that its form holds. */
export function authorizeRequestsOn({ db, now }: StoreHandle): AuthorizeRequests {
	const lastExpired = () => now().getTime() - keptRequestMs
	const forget = async (userId: number) => {
		await db.deleteFrom('authorize_request').where('shown_at', '<=', lastExpired()).execute()
		const latest = db
			.selectFrom('authorize_request')
			.select('id_hash')
			.where('user_number', '=', userId)
			.orderBy('shown_at', 'desc')
			.limit(mostPerUser - 1)
		await db
			.deleteFrom('authorize_request')
			.where('user_number', '=', userId)
			.where('id_hash', 'not in', latest)
			.execute()
	}
	return {
		async keep(id, { query, userId, session, tokenHash, shownAt }) {
			await forget(userId)
			await db
				.insertInto('authorize_request')
				.values({
					id_hash: hashId(id),
					query: storable(query),
					user_number: userId,
					session_id: session,
					token_hash: tokenHash,
					shown_at: shownAt.getTime(),
				})
				.execute()
		},

		async find(id): Promise<KeptRequest | undefined> {
			const row = await db
				.selectFrom('authorize_request')
				.selectAll()
				.where('id_hash', '=', hashId(id))
				.where('shown_at', '>', lastExpired())
				.executeTakeFirst()
			if (row === undefined) return undefined
			const { query, session_id: session, token_hash: tokenHash } = row
			return { query, userId: row.user_number, session, tokenHash, shownAt: new Date(row.shown_at) }
		},

		async take(id) {
			const row = await db
				.deleteFrom('authorize_request')
				.where('id_hash', '=', hashId(id))
				.returning('shown_at')
				.executeTakeFirst()
			return row !== undefined && row.shown_at > lastExpired()
		},
	}
}

function hashId(id: string): string {
	return hash('sha256', id, 'base64url')
}
