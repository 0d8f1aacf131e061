import { fail, ok } from '@postern/vocabulary'
import type { Accounts, AccountSession } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { callLibrary, unwrapTrouble } from './library-calls.ts'
import { shortestAddress } from './shortest-address.ts'
import { sessionSeconds, sessionTouchSeconds } from './session-life.ts'

type Row = {
	readonly id: string
	readonly createdAt: Date
	readonly updatedAt: Date
	readonly expiresAt: Date
	readonly ipAddress?: string | null | undefined
	readonly userAgent?: string | null | undefined
}

type SessionFunctions = Pick<
	Accounts,
	'readSession' | 'signOut' | 'listSessions' | 'revokeSession' | 'revokeOtherSessions'
>

export function sessionsOn({ library: { api, adapter }, now }: AccountPorts): SessionFunctions {
	const isAlive = ({ expiresAt, updatedAt }: Row) =>
		expiresAt > now() && updatedAt.getTime() + sessionSeconds.idle * 1000 > now().getTime()
	const end = (sessionId: string) => adapter.delete({ model: 'session', where: [{ field: 'id', value: sessionId }] })
	const rowsOf = async (userId: string) =>
		(await adapter.findMany<Row>({ model: 'session', where: [{ field: 'userId', value: userId }] })).filter(isAlive)
	return {
		async readSession(headers) {
			const found = await unwrapTrouble(() => api.getSession({ headers, query: { disableRefresh: true } }))
			if (found === null) return undefined
			const { session, user } = found
			if (!isAlive(session)) {
				await end(session.id)
				return undefined
			}
			if (now().getTime() - session.updatedAt.getTime() >= sessionTouchSeconds * 1000)
				await adapter.update({
					model: 'session',
					where: [{ field: 'id', value: session.id }],
					update: { updatedAt: now() },
				})
			return {
				accountId: user.id,
				username: user.displayUsername ?? user.username ?? user.email,
				sessionId: session.id,
			}
		},

		async signOut(visit) {
			const ended = await callLibrary(visit, (headers) => api.signOut({ headers, returnHeaders: true }))
			if (!ended.ok) throw new Error('the library refused to sign out', { cause: ended.problem })
		},

		async listSessions(accountId) {
			const rows = await rowsOf(accountId)
			return rows.map(readRow).toSorted((a, b) => b.lastUsedAt.getTime() - a.lastUsedAt.getTime())
		},

		async revokeSession(accountId, sessionId) {
			const row = (await rowsOf(accountId)).find(({ id }) => id === sessionId)
			if (row === undefined) return fail('request/not-found')
			await end(sessionId)
			return ok(readRow(row))
		},

		async revokeOtherSessions(accountId, sessionId) {
			return adapter.deleteMany({
				model: 'session',
				where: [
					{ field: 'userId', value: accountId },
					{ field: 'id', operator: 'ne', value: sessionId },
				],
			})
		},
	}
}

function readRow(row: Row): AccountSession {
	return {
		id: row.id,
		createdAt: row.createdAt,
		lastUsedAt: row.updatedAt,
		ip: row.ipAddress ? shortestAddress(row.ipAddress) : null,
		userAgent: row.userAgent || null,
	}
}
