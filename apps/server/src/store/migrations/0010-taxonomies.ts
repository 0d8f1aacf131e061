import type { Kysely } from 'kysely'

/** The custom taxonomies of a connected site; the next check fills it. */
export async function addTaxonomies(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.alterTable('connector')
		.addColumn('taxonomies', 'text', (column) => column.notNull().defaultTo('[]'))
		.execute()
}
