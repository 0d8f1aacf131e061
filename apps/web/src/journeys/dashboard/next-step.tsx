import { hasRole } from '@postern/vocabulary'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { Icon, type IconName } from '../../ui/icons.tsx'
import { PrimaryLink, TextLink } from '../../ui/router-links.tsx'
import type { Dashboard } from './dashboard-query.ts'
import classes from './dashboard.module.css'

/** The one thing to do next; there is never a second amber button on this page. */
export function NextStep({ dashboard }: { readonly dashboard: Dashboard }) {
	const { t } = useTranslation('dashboard')
	const { role } = useWorkspace()
	const step = dashboard.nextStep
	switch (step) {
		case 'connect-first-site':
			if (!hasRole(role, 'editor'))
				return <Card icon="info" title={t('next.viewerFirst.title')} body={t('next.viewerFirst.body')} />
			return (
				<Card icon="connectors" title={t(`next.${step}.title`)} body={t(`next.${step}.body`)}>
					<PrimaryLink to="/connectors/new">{t(`next.${step}.action`)}</PrimaryLink>
					<TextLink to="/help/wordpress-application-password">{t('next.help')}</TextLink>
				</Card>
			)
		case 'finish-draft':
			return (
				<Card icon="clock" title={t(`next.${step}.title`)} body={t(`next.${step}.body`)}>
					<PrimaryLink to="/connectors">{t(`next.${step}.action`)}</PrimaryLink>
				</Card>
			)
		case 'fix-connector':
			return <FixConnector connector={dashboard.needsAttention[0]} />
		case 'enable-two-factor':
			return (
				<Card icon="shield" title={t(`next.${step}.title`)} body={t(`next.${step}.body`)}>
					<PrimaryLink to="/account">{t(`next.${step}.action`)}</PrimaryLink>
				</Card>
			)
		case 'none':
			return <Card icon="passed" title={t('next.none.title')} body={t('next.none.body')} isCalm />
	}
}

function FixConnector({ connector }: { readonly connector: Dashboard['needsAttention'][number] | undefined }) {
	const { t } = useTranslation('dashboard')
	if (!connector) return null
	const { id, name } = connector
	return (
		<Card icon="warning" title={t('next.fix-connector.title', { name })} body={t('next.fix-connector.body')}>
			<PrimaryLink to="/connectors/$connectorId" params={{ connectorId: id }}>
				{t('next.fix-connector.action', { name })}
			</PrimaryLink>
		</Card>
	)
}

type CardProps = {
	readonly icon: IconName
	readonly title: string
	readonly body: string
	readonly isCalm?: boolean
	readonly children?: ReactNode
}

function Card({ icon, title, body, isCalm = false, children }: CardProps) {
	const { t } = useTranslation('dashboard')
	return (
		<section className={classes.next} data-calm={isCalm || undefined} aria-label={t('next.title')}>
			<Icon name={icon} size={28} />
			<div>
				<h2>{title}</h2>
				<p>{body}</p>
				{children && <div className={classes.nextButtons}>{children}</div>}
			</div>
		</section>
	)
}
