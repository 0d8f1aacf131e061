import type { SiteDocument } from '@postern/api/contract'
import { noteText, type ProblemParams } from '@postern/vocabulary'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { Icon } from '../../ui/icons.tsx'
import classes from './note-list.module.css'
import { roleNames } from './wordpress-roles.ts'

/** Remarks on a success: it works, and this is worth knowing. */
export function NoteList({ notes }: { readonly notes: SiteDocument['notes'] }) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	if (notes.length === 0) return null
	return (
		<ul className={classes.notes}>
			{notes.map(({ code, params }) => (
				<li key={code}>
					<Icon name="info" size={16} />
					<span>{noteText(code, inOurWords(params, t), language)}</span>
				</li>
			))}
		</ul>
	)
}

/** A role of WordPress by its name in this language. */
function inOurWords(params: ProblemParams, t: TFunction<'connectors'>): ProblemParams {
	const { role } = params
	return typeof role === 'string' ? { ...params, role: roleNames([role], t) } : params
}
