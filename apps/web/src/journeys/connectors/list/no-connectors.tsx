import { hasRole } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { ActionButton } from '../../../ui/buttons.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ButtonLink, TextLink } from '../../../ui/router-links.tsx'
import classes from './list.module.css'

export function NoConnectors() {
	const { t } = useTranslation('connectors')
	const { role } = useWorkspace()
	if (!hasRole(role, 'editor'))
		return (
			<EmptyState icon="connectors" title={t('emptyViewer.title')}>
				{t('emptyViewer.body')}
			</EmptyState>
		)
	return (
		<EmptyState
			icon="connectors"
			title={t('empty.title')}
			action={<ButtonLink to="/connectors/new">{t('empty.action')}</ButtonLink>}
		>
			<div className={classes.emptyLines}>
				<p>{t('empty.what')}</p>
				<p>{t('empty.need')}</p>
				<p>{t('empty.secret')}</p>
				<p>
					<TextLink to="/help/wordpress-application-password">{t('empty.help')}</TextLink>
				</p>
			</div>
		</EmptyState>
	)
}

export function NoneFound({ onShowAll }: { readonly onShowAll: () => void }) {
	const { t } = useTranslation(['connectors', 'list'])
	return (
		<EmptyState
			icon="search"
			title={t('noneFound.title')}
			action={<ActionButton onClick={onShowAll}>{t('noneFound.action')}</ActionButton>}
		>
			{t('list:noneFound')}
		</EmptyState>
	)
}
