import { sql } from 'kysely'
import type { StoreDialect } from '../dialect.ts'

export function sqliteStoreDialect(): StoreDialect {
	return {
		type: 'sqlite',
		columnTypes: {
			bytes: 'blob',
			sortedText: 'text',
			numbered: sql`integer primary key autoincrement`,
			authDate: 'date',
			authBoolean: 'integer',
		},
		placeholder: () => '?',
		contains: (text, part) => sql`instr(${text}, ${part}) > 0`,
	}
}
