import type { ProblemDocument } from '@postern/api/contract'
import { problemText } from '@postern/vocabulary'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { aboutRequestsQuery } from '../../../api/about-requests.ts'
import { useLanguage } from '../../../texts/use-language.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { describeEvidence } from '../../../ui/describe-evidence.ts'
import { exactTime } from '../../../ui/format-time.ts'
import { inOurWords } from '../../../ui/in-our-words.ts'
import { firstSeen } from '../../../ui/wait-until.ts'
import classes from './create.module.css'

/** What somebody else has to allow or repair: then a letter to them is most of the way. */
function isForHost({ fixedBy, code }: Pick<ProblemDocument, 'fixedBy' | 'code'>): boolean {
	return fixedBy === 'host' || code.startsWith('edge/') || code === 'api/blocked'
}

/** A letter to the host of a site: what happened, what would help, and how to know our requests. */
export function ForHost({ problem, aroseAt }: LetterProps) {
	return isForHost(problem) ? <Letter problem={problem} aroseAt={aroseAt} /> : null
}

type LetterProps = {
	readonly problem: ProblemDocument
	/** Where that was before this page heard of it. */
	readonly aroseAt?: number | undefined
}

function Letter({ problem, aroseAt = firstSeen(problem) }: LetterProps) {
	const { t } = useTranslation('connecting')
	const text = useText(problem, aroseAt)
	return (
		<details className={classes.letter}>
			<summary>{t('forHost.title')}</summary>
			<pre>{text}</pre>
			<CopyButton text={text} what={t('forHost.name')} size="xs" />
		</details>
	)
}

function useText(problem: ProblemDocument, aroseAt: number): string {
	const { t } = useTranslation(['connecting', 'shell'])
	const language = useLanguage()
	const { data: about } = useQuery(aboutRequestsQuery)
	const { title, meaning, steps } = problemText(problem.code, inOurWords(problem.params), language)
	const host = problem.params['host']
	const evidence = problem.diagnosis?.evidence ?? []
	const addresses = about?.outgoingAddresses ?? []
	const known = [
		...(about ? [`User-Agent: ${about.userAgent}`] : []),
		...(addresses.length > 0 ? [t('forHost.addresses', { addresses: addresses.join(', ') })] : []),
		...(about?.origin.startsWith('https:') ? [`${about.origin}/about-requests`] : []),
	]
	const asked = evidence.map((one) => describeEvidence(one, t('shell:problem.withCredentials')))
	const parts = [
		[t('forHost.hello')],
		[t('forHost.ask', { host: typeof host === 'string' ? host : '' })],
		[t('forHost.found', { at: exactTime(new Date(aroseAt).toISOString(), language) }), title, meaning],
		under(
			t('forHost.advised'),
			steps.map((step) => `– ${step}`),
		),
		under(t('forHost.known'), known),
		under(t('forHost.asked'), asked),
		[t('forHost.thanks')],
	]
	return parts
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join('\n'))
		.join('\n\n')
}

function under(head: string, lines: readonly string[]): readonly string[] {
	return lines.length > 0 ? [head, ...lines] : []
}
