import type { ActivityEntry } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { joinSentences } from '../../ui/join-sentences.ts'
import { problemTitle } from '../../ui/problem-title.ts'
import { Badge } from '../../ui/state-badge.tsx'
import classes from './activity.module.css'

type Access = NonNullable<ActivityEntry['access']>

/** A request to a site: what was asked, how it was decided, what came of it, and why not if it was refused. */
export function RequestEntry({
	access,
	params,
}: {
	readonly access: Access
	readonly params: ActivityEntry['params']
}) {
	const { t } = useTranslation('activity')
	const language = useLanguage()
	const { method, route, scope, decision, problem } = access
	const isRefused = decision === 'refused'
	const needs = problem === 'application-password/scope-missing' && scope !== '' ? [t('needs')] : []
	return (
		<>
			<div className={classes.request}>
				<code>
					{method} {route}
				</code>
				<Badge icon={isRefused ? 'failed' : 'passed'} tone={isRefused ? 'bad' : 'good'}>
					{t(`decisions.${decision}`)}
				</Badge>
				<Outcome access={access} />
			</div>
			{problem !== null && (
				<p className={classes.problem}>
					{joinSentences([problemTitle(problem, { scope, ...params }, language), ...needs], language)}{' '}
					{needs.length > 0 && <code>{scope}</code>}
				</p>
			)}
		</>
	)
}

function Outcome({ access: { decision, status, durationMs, end } }: { readonly access: Access }) {
	const { t } = useTranslation('activity')
	const language = useLanguage()
	if (decision === 'refused') return null
	const milliseconds = new Intl.NumberFormat(language, {
		style: 'unit',
		unit: 'millisecond',
		unitDisplay: 'short',
		maximumFractionDigits: 0,
	})
	const parts = [
		status === null ? t('unanswered') : t('answered', { status }),
		...(durationMs === null ? [] : [milliseconds.format(durationMs)]),
		...(end === null || end === 'complete' ? [] : [t(`ends.${end}`)]),
	]
	return <span className={classes.outcome}>{parts.join(' · ')}</span>
}
