import { useTranslation } from 'react-i18next'
import classes from './add.module.css'
import type { Offer } from './offer.ts'
import { ScopeRows, type BoxOf } from './scope-rows.tsx'

/** What plugins add to the API: out of the way, and with a warning where it can run anything. */
export function PluginRoutes({ offer, boxOf }: { readonly offer: Offer; readonly boxOf: BoxOf }) {
	const { t } = useTranslation('passwords')
	return (
		<details className={classes.more}>
			<summary>{t('scopes.more')}</summary>
			{offer.namespaces.length === 0 ? (
				<p className={classes.hint}>{t('scopes.moreNone')}</p>
			) : (
				<>
					<p className={classes.hint}>{t('scopes.moreHint')}</p>
					<ScopeRows rows={offer.namespaces} offer={offer} boxOf={boxOf} />
				</>
			)}
		</details>
	)
}
