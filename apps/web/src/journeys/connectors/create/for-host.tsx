import type { ProblemDocument } from '@postern/api/contract'
import { problemText } from '@postern/vocabulary'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { aboutRequestsQuery } from '../../../api/about-requests.ts'
import { useLanguage } from '../../../texts/use-language.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { describeEvidence } from '../../../ui/describe-evidence.ts'
import { inOurWords } from '../../../ui/in-our-words.ts'
import classes from './create.module.css'

/** What somebody else has to allow or repair: then a letter to them is most of the way. */
function isForHost({ fixedBy, code }: Pick<ProblemDocument, 'fixedBy' | 'code'>): boolean {
	return fixedBy === 'host' || code.startsWith('edge/') || code === 'api/blocked'
}

/** A letter to the host of a site: what happened, what would help, and how to know our requests. */
export function ForHost({ problem }: { readonly problem: ProblemDocument }) {
	return isForHost(problem) ? <Letter problem={problem} /> : null
}

function Letter({ problem }: { readonly problem: ProblemDocument }) {
	const { t } = useTranslation(['connecting', 'shell'])
	const language = useLanguage()
	const { data: about } = useQuery(aboutRequestsQuery)
	const { title, meaning, steps } = problemText(problem.code, inOurWords(problem.params), language)
	const host = problem.params['host']
	const evidence = problem.diagnosis?.evidence ?? []
	const addresses = about?.outgoingAddresses ?? []
	const lines = [
		t('forHost.hello', { host: typeof host === 'string' ? host : '' }),
		'',
		title,
		meaning,
		...steps.map((step) => `– ${step}`),
		'',
		...(about ? [`User-Agent: ${about.userAgent}`] : []),
		...(addresses.length > 0 ? [t('forHost.addresses', { addresses: addresses.join(', ') })] : []),
		...(about?.origin.startsWith('https:') ? [`${about.origin}/about-requests`] : []),
		...(evidence.length > 0 ? ['', t('forHost.asked')] : []),
		...evidence.map((one) => describeEvidence(one, t('shell:problem.withCredentials'))),
	]
	const text = lines.join('\n')
	return (
		<details className={classes.letter}>
			<summary>{t('forHost.title')}</summary>
			<pre>{text}</pre>
			<CopyButton text={text} what={t('forHost.name')} size="xs" />
		</details>
	)
}
