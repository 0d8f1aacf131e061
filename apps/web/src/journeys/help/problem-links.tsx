import type { ProblemCode } from '@postern/vocabulary'
import { useLanguage } from '../../texts/use-language.ts'
import { anySite, problemTitle } from '../../ui/problem-title.ts'
import { TextLink } from '../../ui/router-links.tsx'
import classes from './help.module.css'

/** Problems by their sentence, each leading to its page. */
export function ProblemLinks({ codes }: { readonly codes: readonly ProblemCode[] }) {
	const language = useLanguage()
	return (
		<ul className={classes.problems}>
			{codes.map((code) => {
				const [noun = '', what = ''] = code.split('/')
				return (
					<li key={code}>
						<TextLink to="/problems/$noun/$what" params={{ noun, what }}>
							{problemTitle(code, anySite, language)}
						</TextLink>
					</li>
				)
			})}
		</ul>
	)
}
