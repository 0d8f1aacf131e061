import type { ProblemDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './copy-button.tsx'
import classes from './problem-card.module.css'
import { describeEvidence } from './describe-evidence.ts'

/** What a helper wants to see: code, request id, each exchange with the site. The server has redacted it. */
export function ProblemDetails({ problem }: { readonly problem: ProblemDocument }) {
	const { t } = useTranslation('shell')
	const lines = [
		`${t('problem.code')}: ${problem.code}`,
		...(problem.requestId === '' ? [] : [`${t('problem.request')}: ${problem.requestId}`]),
		...(problem.diagnosis?.evidence ?? []).map((evidence) => describeEvidence(evidence, t('problem.withCredentials'))),
	]
	const text = lines.join('\n')
	return (
		<details className={classes.details}>
			<summary>{t('problem.details')}</summary>
			<p className={classes.hint}>{t('problem.detailsHint')}</p>
			<pre className={classes.lines}>{text}</pre>
			<div className={classes.actions}>
				<CopyButton text={text} what={t('problem.detailsName')} size="xs" />
				<a href={`/problems/${problem.code}`} target="_blank" rel="noreferrer">
					{t('problem.about')}
				</a>
			</div>
		</details>
	)
}
