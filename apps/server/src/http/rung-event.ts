import type { contract, EventOf } from '@postern/api/contract'
import type { RungEvent } from '@postern/wp-client'

/** A rung as streams of proofs tell of it. */
export function rungEvent({
	rung,
	state,
	elapsedMs,
	detail,
}: RungEvent): Extract<EventOf<typeof contract.verifySite>, { kind: 'rung' }> {
	return {
		kind: 'rung',
		rung,
		state,
		...(elapsedMs === undefined ? {} : { elapsedMs }),
		...(detail === undefined ? {} : { detail: { code: detail.code, params: { ...detail.params } } }),
	}
}
