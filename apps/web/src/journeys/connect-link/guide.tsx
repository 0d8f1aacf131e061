import type { contract, ConnectorTypeDocument, OutputOf } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { Emphasized } from '../../ui/emphasized.tsx'
import { ExternalLink } from '../../ui/external-link.tsx'
import classes from './connect-link.module.css'

type Found = OutputOf<typeof contract.discoverByConnectLink>

type GuideProps = {
	readonly type: ConnectorTypeDocument
	readonly approval: Found['approval']
	readonly site: Found['site'] | undefined
}

/** Where the credential comes from: with one click where the site offers it, else by hand. */
export function Guide({ type, approval, site }: GuideProps) {
	const { t } = useTranslation('link')
	const language = useLanguage()
	const steps = type.guide?.steps.map((step) => step[language]) ?? []
	return (
		<section className={classes.guide} aria-labelledby="guide-title">
			<h2 id="guide-title">{type.guide?.title[language] ?? t('guide.title')}</h2>
			<ol>
				{steps.map((step) => (
					<li key={step}>
						<Emphasized text={step} />
					</li>
				))}
				{type.guide === null && approval && (
					<>
						<li>
							<ExternalLink href={approval.url}>{t('guide.approve')}</ExternalLink> {t('guide.approveHint')}
						</li>
						<li>{t('guide.copy')}</li>
					</>
				)}
				{type.guide === null && !approval && (
					<>
						<li>
							{site ? (
								<ExternalLink href={new URL('profile.php', site.adminUrl).href}>{t('guide.profile')}</ExternalLink>
							) : (
								t('guide.profile')
							)}
						</li>
						<li>{t('guide.make')}</li>
						<li>{t('guide.copy')}</li>
					</>
				)}
			</ol>
		</section>
	)
}
