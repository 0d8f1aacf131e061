import { useTranslation } from 'react-i18next'
import classes from './add.module.css'
import { PluginRoutes } from './plugin-routes.tsx'
import type { ChoiceProps } from './choice-props.ts'
import { boxesOf } from './scope-choice.tsx'
import { useOffer } from './use-offer.ts'

/** *Everything* is all of WordPress; routes of plugins are ticked beside it, one by one. */
export function EverythingRoutes({ draft, onChange, owner }: Pick<ChoiceProps, 'draft' | 'onChange' | 'owner'>) {
	const { t } = useTranslation('passwords')
	const offer = useOffer({ draft, owner })
	if (offer.namespaces.length === 0) return null
	const boxOf = boxesOf(draft.pluginScopes, offer, (next) => onChange({ ...draft, pluginScopes: next }))
	return (
		<>
			<p className={classes.hint}>{t('scopes.everythingMore')}</p>
			<PluginRoutes offer={offer} boxOf={boxOf} />
		</>
	)
}
