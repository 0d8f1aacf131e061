import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import type { Dashboard } from './dashboard-query.ts'
import classes from './dashboard.module.css'

export function Attention({ connectors }: { readonly connectors: Dashboard['needsAttention'] }) {
	const { t } = useTranslation('dashboard')
	return (
		<Section
			title={t('attention.title')}
			actions={
				connectors.length > 0 && (
					<TextLink to="/connectors" search={{ state: 'needs-attention' }}>
						{t('attention.all')}
					</TextLink>
				)
			}
		>
			{connectors.length === 0 && <p className={classes.quiet}>{t('attention.none')}</p>}
			<ul className={classes.rows}>
				{connectors.map(({ id, name, host, state, checkedAt }) => (
					<li key={id}>
						<span className={classes.who}>
							<TextLink to="/connectors/$connectorId" params={{ connectorId: id }}>
								{name}
							</TextLink>
							<span className={classes.quiet}>
								{host}
								{checkedAt && (
									<>
										{' · '}
										{t('attention.checked')} <RelativeTime at={checkedAt} />
									</>
								)}
							</span>
						</span>
						<StateBadge state={state} />
					</li>
				))}
			</ul>
		</Section>
	)
}
