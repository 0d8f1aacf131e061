import { sql } from 'kysely'
import type { StoreHandle } from '../handle.ts'

/** Any number that means this to PostgreSQL, and to nobody else there. */
const laneLock = 7_305_011

/** Until the transaction ends nobody else counts who is in a lane. The embedded store has one writer anyway. */
export async function lockLanes({ db, dialect }: StoreHandle): Promise<void> {
	if (dialect.type === 'postgres') await sql`select pg_advisory_xact_lock(${laneLock})`.execute(db)
}
