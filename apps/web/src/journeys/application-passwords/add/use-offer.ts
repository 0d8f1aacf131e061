import { scopesBeyond } from '@postern/vocabulary'
import { offerOf, type Offer } from './offer.ts'
import type { ChoiceProps } from './choice-props.ts'
import { useChosenConnectors } from './use-chosen-connectors.ts'

/** What the chosen connectors offer somebody of the owner's role. */
export function useOffer({ draft, owner }: Pick<ChoiceProps, 'draft' | 'owner'>): Offer {
	const connectors = useChosenConnectors(draft)
	return offerOf(draft, connectors, (scope) => scopesBeyond(owner.role, [scope]).length === 0)
}
