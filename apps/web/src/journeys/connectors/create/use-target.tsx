import type { ProblemDocument } from '@postern/api/contract'
import type { ProblemCode } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/buttons.tsx'

/** Problems whose way out is another address, which the problem names. */
const leadsElsewhere: readonly ProblemCode[] = ['redirect/other-site', 'api/other-origin', 'redirect/while-verifying']

/** The other address goes into the field only by the person's own decision: their password will go there. */
export function UseTarget(props: {
	readonly problem: ProblemDocument
	readonly onUseTarget: (target: string) => void
}) {
	const { t } = useTranslation('connectors')
	const target = props.problem.params['target']
	if (typeof target !== 'string' || target === '' || !leadsElsewhere.includes(props.problem.code)) return null
	return (
		<ActionButton onClick={() => props.onUseTarget(target)}>{t('authentication.useTarget', { target })}</ActionButton>
	)
}
