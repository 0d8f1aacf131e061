import type { MaybePromise } from '@postern/app-passwords'
import { type FoundPost, type PostCondition, refuseUnmet, type SiteFacts } from '@postern/policy'
import { type AskSite, fail, ok, type Result } from '@postern/vocabulary'
import { askForPost } from './ask-for-post.ts'
import type { OpenedSite, OpenedCredential } from './open-credential.ts'
import type { RecordedPermit } from './record-decision.ts'

declare const settledBrand: unique symbol
/** A request whose conditions the site fulfils. Only `settle` makes one, and nothing else is sent to a site. */
export type SettledRequest<Request = unknown> = {
	readonly recorded: RecordedPermit<Request>
	readonly credential: OpenedCredential
	readonly [settledBrand]: true
}

/**
 * Asks the site for what the permit depends on. Fails with what policy says of an unmet condition, `site-credential/rejected`,
 * and with what keeps the site from answering.
 */
export function settle<Request>(
	opened: OpenedSite<Request>,
	ports: Ports,
): MaybePromise<Result<SettledRequest<Request>>> {
	// Most depend on nothing: nobody waits then.
	if (opened.recorded.permit.conditions.length === 0) return settled(opened)
	return settleAll(opened, ports)
}

type Ports = { readonly ask: AskSite; readonly site: SiteFacts }

async function settleAll<Request>(opened: OpenedSite<Request>, ports: Ports): Promise<Result<SettledRequest<Request>>> {
	for (const alternatives of opened.recorded.permit.conditions) {
		const met = await meetOne(alternatives, opened, ports)
		if (!met.ok) return met
	}
	return settled(opened)
}

function settled<Request>({ recorded, credential }: OpenedSite<Request>): Result<SettledRequest<Request>> {
	return ok({ recorded, credential } as SettledRequest<Request>) // the brand
}

/** One of them has to hold; where none does, the first says why. */
async function meetOne(
	alternatives: readonly PostCondition[],
	opened: OpenedSite,
	{ ask, site }: Ports,
): Promise<Result<void>> {
	const asked = new Map<string, Promise<Result<FoundPost | undefined>>>()
	let refused: Result<void> = fail('application-password/not-allowed-here')
	for (const [index, condition] of alternatives.entries()) {
		const key = JSON.stringify([condition.id, condition.lookUp])
		const found = await (asked.get(key) ?? askForPost(condition, opened, ask))
		asked.set(key, Promise.resolve(found))
		if (!found.ok) return found
		const met = refuseUnmet(condition, found.value, site)
		if (met.ok) return met
		if (index === 0) refused = met
	}
	return refused
}
