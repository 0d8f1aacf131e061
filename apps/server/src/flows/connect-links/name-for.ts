import type { ConnectorSite } from '../../store/connector/connector.ts'
import type { StoreFunctions } from '../../store/store.ts'
import { readConnectorName } from '../connector-name.ts'

/** The site's title, or its host; with a number where a connector of that name is there already. */
export async function nameFor(
	{ title, host }: ConnectorSite,
	workspaceId: string,
	connectors: StoreFunctions['connectors'],
): Promise<string> {
	const named = readConnectorName(title)
	const name = named.ok ? named.value : host
	const taken = new Set((await connectors.listMatching({ workspaceId, search: name })).map((one) => one.name))
	if (!taken.has(name)) return name
	for (let number = 2; ; number += 1) if (!taken.has(`${name} (${number})`)) return `${name} (${number})`
}
