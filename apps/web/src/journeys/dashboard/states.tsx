import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/page.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { useLanguage } from '../../texts/use-language.ts'
import type { Dashboard } from './dashboard-query.ts'
import classes from './dashboard.module.css'

/** How many connectors are in which state; each leads to the list of them. */
export function States({ dashboard }: { readonly dashboard: Dashboard }) {
	const { t } = useTranslation('dashboard')
	const numbers = new Intl.NumberFormat(useLanguage())
	return (
		<Section title={t('states.title')} actions={<TextLink to="/connectors">{t('states.all')}</TextLink>}>
			<p className={classes.quiet}>{t('states.total', { count: dashboard.connectorCount })}</p>
			<ul className={classes.rows}>
				{dashboard.byState
					.filter(({ count }) => count > 0)
					.map(({ state, count }) => (
						<li key={state}>
							<TextLink to="/connectors" search={{ state }} underline="hover">
								<StateBadge state={state} />
							</TextLink>
							<span className={classes.number}>{numbers.format(count)}</span>
						</li>
					))}
			</ul>
		</Section>
	)
}
