import { problemText, type ProblemCode } from '@postern/vocabulary'
import { useLanguage } from '../../texts/use-language.ts'
import { TextLink } from '../../ui/router-links.tsx'
import classes from './help.module.css'

/** Stands where a real case has the name of its site. */
const example = { host: 'yourwebsite.com', username: '…' }

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
							{problemText(code, example, language).title}
						</TextLink>
					</li>
				)
			})}
		</ul>
	)
}
