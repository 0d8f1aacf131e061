import { localProblem } from '@postern/api/client'
import type { ConnectorDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/buttons.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { useWait } from '../../../ui/use-wait.ts'
import { ForHost } from '../create/for-host.tsx'
import { ladderOf } from '../create/ladder.ts'
import { LadderView } from '../create/ladder-view.tsx'
import { useCheck } from '../use-connector-actions.ts'
import { useConnectorType } from '../use-connector-type.ts'
import { useDuration } from '../use-duration.ts'
import classes from './show.module.css'

type CheckSectionProps = { readonly connector: ConnectorDocument; readonly isEditor: boolean }

/** The outcome of the last check, rung by rung, and what is wrong if something is. */
export function CheckSection({ connector, isEditor }: CheckSectionProps) {
	const { t } = useTranslation('connectors')
	const duration = useDuration()
	const check = useCheck(connector)
	const type = useConnectorType(connector.type)
	const { checkedAt, latencyMs, diagnosis, notes } = connector
	const problem = diagnosis && { ...localProblem(diagnosis.code, diagnosis.params), diagnosis }
	const aroseAt = checkedAt === null ? undefined : Date.parse(checkedAt)
	const wait = useWait(problem ?? undefined, aroseAt)
	return (
		<Section
			title={t('page.check')}
			actions={
				isEditor && (
					<ActionButton
						leftSection={<Icon name="refresh" />}
						isBusy={check.isPending}
						isWaiting={wait.isWaiting}
						onClick={() => wait.whenOver(() => check.mutate())}
					>
						{t('page.checkNow')}
					</ActionButton>
				)
			}
		>
			<p className={classes.state}>
				<StateBadge state={check.isPending ? 'checking' : connector.state} />
				{checkedAt && (
					<span className={classes.quiet}>
						{t('page.lastCheck')}: <RelativeTime at={checkedAt} />
						{latencyMs !== null && ` (${t('page.checkTook', { duration: duration(latencyMs) })})`}
					</span>
				)}
			</p>
			{!checkedAt && <p>{t('page.neverChecked')}</p>}
			{problem && (
				<ProblemCard problem={problem} aroseAt={aroseAt} more={<ForHost problem={problem} aroseAt={aroseAt} />} />
			)}
			{checkedAt && <LadderView ladder={ladderOf(diagnosis, notes)} type={type} />}
		</Section>
	)
}
