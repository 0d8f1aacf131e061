import type { ConnectorTypeDocument } from '@postern/api/contract'
import { useLanguage } from '../../../texts/use-language.ts'
import { Emphasized } from '../../../ui/emphasized.tsx'
import { WordPressGuide, type WordPressGuideProps } from './wordpress-guide.tsx'
import classes from './wordpress-guide.module.css'

/** The way to the credential that a type asks for: as the type tells it, or our own page about it. */
export function TypeGuide({ type, ...known }: WordPressGuideProps & { readonly type: ConnectorTypeDocument }) {
	const language = useLanguage()
	const { guide } = type
	if (guide === null) return <WordPressGuide {...known} />
	return (
		<aside className={classes.guide} aria-labelledby="guide-title">
			<h2 id="guide-title">{guide.title[language]}</h2>
			<ol className={classes.steps}>
				{guide.steps.map((step) => (
					<li key={step.en}>
						<p>
							<Emphasized text={step[language]} />
						</p>
					</li>
				))}
			</ol>
		</aside>
	)
}
