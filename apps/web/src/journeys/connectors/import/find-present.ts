import { contract, type ConnectorDocument } from '@postern/api/contract'
import { client } from '../../../api/client.ts'
import { hostOf, type ImportRow } from './import-row.ts'

/** Finds the connector to this row's site and username that is there already: from the same file, begun before. */
export async function findPresent(
	workspaceId: string,
	row: ImportRow,
	signal: AbortSignal,
): Promise<ConnectorDocument | undefined> {
	const host = hostOf(row.address)
	if (host === '') return undefined
	let cursor: string | undefined
	do {
		const query = { search: host, limit: '100', ...(cursor === undefined ? {} : { cursor }) }
		const page = await client.call(contract.listConnectors, { workspaceId, query }, signal)
		if (!page.ok) return undefined
		const found = page.value.connectors.find((connector) => isSame(connector, row))
		if (found !== undefined) return found
		cursor = page.value.nextCursor ?? undefined
	} while (cursor !== undefined)
	return undefined
}

/** WordPress takes usernames in any case. */
function isSame({ type, site, account }: ConnectorDocument, { address, username }: ImportRow): boolean {
	const isThere = placeOf(address) === placeOf(site.url)
	return type === 'wordpress-app' && isThere && account.username.toLowerCase() === username.trim().toLowerCase()
}

function placeOf(address: string): string | undefined {
	const text = address.trim()
	const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
	return url === null ? undefined : `${url.host}${url.pathname.replace(/\/$/, '')}`
}
