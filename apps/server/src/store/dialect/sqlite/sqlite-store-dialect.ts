import { sql } from 'kysely'
import type { Disk, StoreDialect } from '../dialect.ts'

export function sqliteStoreDialect(disk: Disk): StoreDialect {
	return {
		type: 'sqlite',
		columnTypes: {
			bytes: 'blob',
			sortedText: 'text',
			numbered: sql`integer primary key autoincrement`,
			authDate: 'date',
			authBoolean: 'integer',
		},
		disk,
		placeholder: () => '?',
		contains: (text, part) => sql`instr(${text}, ${part}) > 0`,
	}
}
