import type { ConnectorTypeDocument } from '@postern/api/contract'
import type { RungState } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../../../ui/icons.tsx'
import { useDuration } from '../use-duration.ts'
import type { Ladder } from './ladder.ts'
import classes from './ladder-view.module.css'
import { useRungName } from './use-rung-name.ts'

const icons: Record<RungState, IconName> = {
	waiting: 'waiting',
	running: 'running',
	passed: 'passed',
	noted: 'info',
	failed: 'failed',
	skipped: 'skipped',
}

type LadderViewProps = { readonly ladder: Ladder; readonly type: ConnectorTypeDocument | undefined }

/** The seven rungs, each with an icon, a word and its time. */
export function LadderView({ ladder, type }: LadderViewProps) {
	const { t } = useTranslation('connectors')
	const rungName = useRungName(type)
	const duration = useDuration()
	const isTimed = ladder.some(({ elapsedMs }) => elapsedMs !== undefined)
	return (
		<ol className={classes.ladder} data-timed={isTimed || undefined} aria-label={t('ladder.title')}>
			{ladder.map(({ rung, state, elapsedMs }) => (
				<li key={rung} data-state={state}>
					<span className={classes.icon}>
						<Icon name={icons[state]} />
					</span>
					<span className={classes.rung}>{rungName(rung)}</span>
					<span className={classes.state}>{t(`ladder.states.${state}`)}</span>
					{isTimed && <span className={classes.time}>{elapsedMs === undefined ? '' : duration(elapsedMs)}</span>}
				</li>
			))}
		</ol>
	)
}
