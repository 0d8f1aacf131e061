import { fail, ok, type Result } from '@postern/vocabulary'
import type { Purpose, Visitor } from '../../access/visit-site.ts'
import type { SitePasswords } from '../../connectors/connector-type.ts'
import { findConnectorType } from '../../connectors/registry.ts'
import type { Connector } from '../../store/connector/connector.ts'
import type { Reached } from '../../store/connector/reached.ts'
import type { VerifyPorts } from '../verify-site.ts'

export type Visited = { readonly reached: Reached; readonly passwords: SitePasswords }

/** Fails with `rotation/not-possible` where the site gives nobody a list of passwords, and as `visitSite` does. */
export async function visitPasswords(
	connector: Connector,
	{ purpose, visitor }: { readonly purpose: Purpose; readonly visitor: Visitor },
	ports: Pick<VerifyPorts, 'store' | 'vault' | 'ask'>,
): Promise<Result<Visited>> {
	const passwords = passwordsOf(connector)
	if (passwords === undefined) return fail('rotation/not-possible', { params: { host: connector.site.host } })
	const { visitSite } = await import('../../access/visit-site.ts') // policy is large, and few ask for this at once
	const reached = await visitSite({ connector, visitor, purpose, requestId: null }, ports)
	return reached.ok ? ok({ reached: reached.value, passwords }) : reached
}

/** Where there are any: a type with passwords of its own, over REST. */
export function passwordsOf({ type, transport }: Connector): SitePasswords | undefined {
	const found = findConnectorType(type)
	return found.ok && transport === 'rest' ? found.value.passwords : undefined
}
