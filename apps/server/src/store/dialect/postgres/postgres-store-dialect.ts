import { sql } from 'kysely'
import type { StoreDialect } from '../dialect.ts'

export function postgresStoreDialect(): StoreDialect {
	return {
		type: 'postgres',
		columnTypes: {
			bytes: 'bytea',
			// UTF-8 byte by byte, as SQLite compares.
			sortedText: sql`text collate "C"`,
			authDate: 'timestamptz',
			authBoolean: 'boolean',
		},
		contains: (text, part) => sql`strpos(${text}, ${part}) > 0`,
	}
}
