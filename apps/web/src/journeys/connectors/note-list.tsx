import type { SiteDocument } from '@postern/api/contract'
import { noteText } from '@postern/vocabulary'
import { useLanguage } from '../../texts/use-language.ts'
import { Icon } from '../../ui/icons.tsx'
import { inOurWords } from '../../ui/in-our-words.ts'
import classes from './note-list.module.css'

/** Remarks on a success: it works, and this is worth knowing. */
export function NoteList({ notes }: { readonly notes: SiteDocument['notes'] }) {
	const language = useLanguage()
	if (notes.length === 0) return null
	return (
		<ul className={classes.notes}>
			{notes.map(({ code, params }) => (
				<li key={code}>
					<Icon name="info" size={16} />
					<span>{noteText(code, inOurWords(params), language)}</span>
				</li>
			))}
		</ul>
	)
}
