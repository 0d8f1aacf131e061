import type pg from 'pg'
import { toStoreTrouble } from '../../store-trouble.ts'
import type { QuickReader, Row } from '../quick-reader.ts'

/** Statements with a name: each connection prepares them once. */
export function postgresQuickReader(pool: pg.Pool): QuickReader {
	let prepared = 0
	return {
		prepare(text) {
			prepared += 1
			const name = `postern-${prepared}`
			return async (...values) => {
				try {
					return (await pool.query<Row>({ name, text, values: [...values] })).rows
				} catch (error) {
					throw toStoreTrouble(error)
				}
			}
		},
		version: () => undefined,
		close: () => undefined, // the pool is the dialect's
	}
}
