import path from 'node:path'
import { createVault, openKeySource } from '@postern/vault'
import { Secret } from '@postern/vocabulary'
import { sealConnection } from '../../apps/server/src/access/seal-connection.ts'
import { checkJob } from '../../apps/server/src/flows/next-check.ts'
import { newId } from '../../apps/server/src/store/ids.ts'
import { plainReach } from '../../apps/server/src/store/connector/reach.ts'
import type { Store } from '../../apps/server/src/store/store.ts'
import { account } from './account.ts'

type Adding = {
	readonly workspaceId: string
	readonly dataFolder: string
	/** Where each site is. */
	readonly addresses: readonly string[]
	/** When all of them are due. */
	readonly runAt: Date
}

/** Copies the one connector there is, with a credential of its own for each site, and asks for a check of each. */
export async function addConnectors(
	store: Store,
	{ workspaceId, dataFolder, addresses, runAt }: Adding,
): Promise<void> {
	const kek = openKeySource({ path: path.join(dataFolder, 'vault.key'), create: false })
	if (!kek.ok) throw new Error(kek.problem.code)
	const vault = createVault({ kek: kek.value, dataKeys: store.dataKeys })
	const [row] = await store.kysely.selectFrom('connector').selectAll().where('workspace_id', '=', workspaceId).execute()
	if (row === undefined) throw new Error('no connector')
	const password = new Secret('H5wW 1Nnt pxwX FbGR PkA3 0sfq')
	for (let from = 0; from < addresses.length; from += 200) {
		const rows = []
		const jobs = []
		for (const [at, address] of addresses.slice(from, from + 200).entries()) {
			const { origin, host, href } = new URL(address)
			const id = newId('con')
			const place = { workspaceId, connectorId: id, siteOrigin: origin, sealVersion: 1 }
			const sealed = await sealConnection({ password, reach: plainReach }, place, { vault })
			if (!sealed.ok) throw new Error(sealed.problem.code)
			rows.push({
				...row,
				id,
				host,
				host_search: host,
				name: host,
				name_search: host,
				slug: `swept-${from + at}`,
				site_url: href,
				site_origin: origin,
				home_url: href,
				site_user_id: account.id,
				site_username: account.username,
				site_display_name: account.name,
				roles: JSON.stringify(account.roles),
				capabilities: JSON.stringify(Object.keys(account.capabilities).toSorted()),
				api_root_url: `${origin}/wp-json/`,
				admin_url: `${origin}/wp-admin/`,
				sealed: sealed.value.sealed,
			})
			const job = checkJob({ id, workspaceId, site: { host } as never }, runAt) // no more of a site is looked at
			// As far along as checks of a week are: one of seven walks the whole ladder.
			jobs.push({ ...job, payload: { shortChecks: (from + at) % 7 } })
		}
		await store.kysely.insertInto('connector').values(rows).execute()
		await store.jobs.enqueue(...jobs)
	}
}
