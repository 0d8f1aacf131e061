import { problemCodes, problems, problemText } from '@postern/vocabulary'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { NotFound } from '../../shell/not-found-page.tsx'
import { useLanguage } from '../../texts/use-language.ts'
import { Page } from '../../ui/page.tsx'
import { anySite } from '../../ui/problem-title.ts'

/** What a problem document's `type` leads to: the same sentences, without the values of one case. */
export function ProblemPage() {
	const { noun, what } = useParams({ from: '/open/problems/$noun/$what' })
	const { t } = useTranslation('shell')
	const language = useLanguage()
	const code = problemCodes.find((known) => known === `${noun}/${what}`)
	if (!code) return <NotFound />
	const { fixedBy, retry, params } = problems[code]
	// This page is about the problem, not about one case of it.
	const values = Object.fromEntries(params.map((name) => [name, onlySometimes.has(name) ? '' : '…']))
	const text = problemText(code, { ...values, ...anySite }, language)
	return (
		<Page title={text.title} width="reading">
			<p>{text.meaning}</p>
			<p>
				<strong>{t(`problem.fixedBy.${fixedBy}`)}</strong> {retry !== 'after-change' && t(`problem.retry.${retry}`)}
			</p>
			{text.steps.length > 0 && (
				<>
					<h2>{t('problem.steps')}</h2>
					<ol>
						{text.steps.map((step) => (
							<li key={step}>{step}</li>
						))}
					</ol>
				</>
			)}
			<p>
				{t('problem.code')}: <code>{code}</code>
			</p>
		</Page>
	)
}

/** Values known only in some cases; a step that is about one of them is left out here. */
const onlySometimes: ReadonlySet<string> = new Set(['plugin', 'server'])
