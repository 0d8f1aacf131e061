import type { ConnectorTypeDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import classes from './create.module.css'
import { LadderView } from './ladder-view.tsx'
import { UseTarget } from './use-target.tsx'
import type { Verification } from './use-verification.ts'

type OutcomeProps = {
	readonly type: ConnectorTypeDocument
	readonly verification: Verification
	readonly onTryAgain: () => void
	readonly onUseTarget: (target: string) => void
}

/** The ladder while *Authorize* runs, and what is wrong when it fails. */
export function Outcome({ type, verification, onTryAgain, onUseTarget }: OutcomeProps) {
	const { t } = useTranslation('connectors')
	if (verification.state === 'idle') return null
	return (
		<div className={classes.outcome}>
			<h2 className={classes.outcomeTitle}>{t('ladder.title')}</h2>
			<LadderView ladder={verification.ladder} type={type} />
			{verification.state === 'failed' && (
				<ProblemCard
					problem={verification.problem}
					takesFocus
					onTryAgain={onTryAgain}
					actions={<UseTarget problem={verification.problem} onUseTarget={onUseTarget} />}
				/>
			)}
		</div>
	)
}
