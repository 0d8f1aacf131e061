import type { Kysely } from 'kysely'
import type { StoreSchema } from '../schema.ts'
import { newSlug } from './slug.ts'

/** A name that a client may still use as an address leads nobody to another site for this long. */
const restsMs = 90 * 24 * 60 * 60_000

type Taken = { readonly connectorId: string; readonly siteUrl: string; readonly at: Date }

/** Takes a free slug for a connector, for good. Belongs into the transaction that makes it. */
export async function takeSlug(db: Kysely<StoreSchema>, { connectorId, siteUrl, at }: Taken): Promise<string> {
	for (let attempt = 0; ; attempt += 1) {
		const taken = await db
			.insertInto('connector_slug')
			.values({ slug: newSlug(siteUrl, attempt), connector_id: connectorId, released_at: null })
			.onConflict((conflict) =>
				conflict
					.column('slug')
					.doUpdateSet({ connector_id: connectorId, released_at: null })
					.where('connector_slug.released_at', '<=', at.getTime() - restsMs),
			)
			.returning('slug')
			.executeTakeFirst()
		if (taken !== undefined) return taken.slug
	}
}

/** Of a deleted connector: nobody gets it for ninety days. */
export async function releaseSlug(db: Kysely<StoreSchema>, connectorId: string, at: Date): Promise<void> {
	await db
		.updateTable('connector_slug')
		.set({ released_at: at.getTime() })
		.where('connector_id', '=', connectorId)
		.execute()
}

/** Of drafts, at whose address nothing ever was. */
export async function forgetSlugs(db: Kysely<StoreSchema>, connectorIds: readonly string[]): Promise<void> {
	if (connectorIds.length === 0) return
	await db.deleteFrom('connector_slug').where('connector_id', 'in', connectorIds).execute()
}
