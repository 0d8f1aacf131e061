import type { ConnectorDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { TextLink } from '../../../ui/router-links.tsx'
import classes from './list.module.css'

/** Each leads to all that have it. */
export function ConnectorTags({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('list')
	if (connector.tags.length === 0) return null
	return (
		<ul className={classes.tags} aria-label={t('tagsOf', { name: connector.name })}>
			{connector.tags.map((tag) => (
				<li key={tag}>
					<TextLink
						to="/connectors"
						search={(before) => ({ ...before, tag })}
						underline="never"
						className={classes.tag ?? ''}
						aria-label={t('showTag', { tag })}
					>
						{tag}
					</TextLink>
				</li>
			))}
		</ul>
	)
}
