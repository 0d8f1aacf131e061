import { localProblem } from '@postern/api/client'
import { ProblemCard } from '../../../ui/problem-card.tsx'

/** A viewer came here by an address. */
export function NeedsEditor() {
	return <ProblemCard problem={localProblem('role/insufficient', { needed: 'editor' })} />
}
