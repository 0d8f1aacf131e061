import type { ConnectorTypeDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import classes from './create.module.css'
import { LadderView } from './ladder-view.tsx'
import { ForHost } from './for-host.tsx'
import { ProblemWays, type ProblemWaysProps } from './reach/problem-ways.tsx'
import type { Verification } from './use-climb.ts'

type OutcomeProps = {
	readonly type: ConnectorTypeDocument
	readonly verification: Verification
	readonly onTryAgain: () => void
	readonly ways: Omit<ProblemWaysProps, 'problem' | 'type'>
}

/** The ladder while *Authorize* runs, and what is wrong when it fails. */
export function Outcome({ type, verification, onTryAgain, ways }: OutcomeProps) {
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
					actions={<ProblemWays problem={verification.problem} type={type} {...ways} />}
					more={<ForHost problem={verification.problem} />}
				/>
			)}
		</div>
	)
}
