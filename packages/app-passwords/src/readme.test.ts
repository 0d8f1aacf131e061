import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { refusalCodes } from './refusals.ts'
import { sqlTables } from './sql/sql-tables.ts'

const readme = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8')
const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8').trim()

it('shows the tables as they are made', () => {
	for (const table of sqlTables('postgres')) expect(readme).toContain(`${table};`)
})

it('shows how a database is opened as the tests open theirs', () => {
	expect(readme).toContain(`\`\`\`ts\n${read('sql/open-database.testing.ts')}\n\`\`\``)
})

it.each(refusalCodes)('says of %s when it comes', (code) => expect(readme).toContain(`\`${code}\``))
