import type { Kysely } from 'kysely'
import type { StoreDialect } from '../dialect/dialect.ts'

/** How a site is reached besides its address, where its credential came from, and when it is to be rotated. */
export async function addConnectorReach(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	const table = () => db.schema.alterTable('connector')
	const text = (name: string, value: string) =>
		table()
			.addColumn(name, 'text', (column) => column.notNull().defaultTo(value))
			.execute()
	await text('transport', 'rest')
	await table().addColumn('certificate_pin', 'text').execute()
	await table().addColumn('edge_username', 'text').execute()
	await table().addColumn('edge_sealed', columnTypes.bytes).execute()
	await text('credential_from', 'pasted')
	// Those that are there were pasted: none of them travelled in an address.
	await table()
		.addColumn('is_rotated', 'integer', (column) => column.notNull().defaultTo(1))
		.execute()
	await table().addColumn('rotate_every_days', 'integer').execute()
	await table().addColumn('rotated_at', 'bigint').execute()
}
