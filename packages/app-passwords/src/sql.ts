export type { SqlDialectName } from './sql/sql-dialect.ts'
export type { SqlQuery, SqlRow, SqlTransaction, SqlValue } from './sql/sql-query.ts'
export { sqlStorage, type SqlStorage, type SqlStorageOptions } from './sql/sql-storage.ts'
export { sqlTables } from './sql/sql-tables.ts'
