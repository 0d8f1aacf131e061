import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Postern } from './start-postern.ts'

/** Makes every session's proof as old as if nobody had proven anything since an hour. */
export async function ageProofs(postern: Postern): Promise<void> {
	const database = new DatabaseSync(join(postern.dataFolder, 'postern.db'), { timeout: 20_000 }) // the server writes, too
	try {
		const anHourAgo = new Date(Date.now() - 3_600_000).toISOString()
		database.prepare('update auth_session set provenAt = ? where provenAt is not null').run(anHourAgo)
	} finally {
		database.close()
	}
}
