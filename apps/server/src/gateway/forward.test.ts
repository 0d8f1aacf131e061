import type { RestRequest } from '@postern/policy'
import { expect, it } from 'vitest'
import type { OpenedSite } from '../access/open-credential.ts'
import { forward, type ForwardPorts, type Passing } from './forward.ts'

it('nothing is sent to a site but what was settled', () => {
	const unsettled = (opened: OpenedSite<RestRequest>, passing: Passing, ports: ForwardPorts) =>
		// @ts-expect-error opened is not enough: what the permit depends on was not asked
		forward(opened, passing, ports)
	expect(unsettled).toBeTypeOf('function')
})
