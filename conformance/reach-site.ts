import { createEgress, parseAllowRules, portsOf } from '@postern/egress'
import type { DiscoverPorts } from '@postern/wp-client'
import { onTestFinished } from 'vitest'
import { testAuthority } from '../packages/egress/src/testing/certificates.ts'

/** What it takes to look at a site on this machine as Postern does, until the test ends. */
export function reachSite(address: string, more: Pick<DiscoverPorts, 'edge' | 'pin'> = {}): DiscoverPorts {
	const rules = parseAllowRules(`127.0.0.1:${new URL(address).port}`)
	if (!rules.ok) throw new Error(rules.problem.code)
	const egress = createEgress({ allow: rules.value, userAgent: 'Postern conformance', ca: testAuthority })
	onTestFinished(() => egress.close())
	return { ask: egress.ask, clock: Date.now, ownOrigins: [], extraPorts: portsOf(rules.value), ...more }
}
