import type { ProblemDocument } from '@postern/api/contract'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { useLanguage } from '../../../texts/use-language.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Emphasized } from '../../../ui/emphasized.tsx'
import { ExternalLink, isWebAddress } from '../../../ui/external-link.tsx'
import { HelpPicture } from '../../../ui/help-picture.tsx'
import { TextLink } from '../../../ui/router-links.tsx'
import { MissingSection } from './missing-section.tsx'
import { passwordName } from './password-name.ts'
import { knowSection } from './section-reasons.ts'
import { wordPressLabels } from './wordpress-labels.ts'
import classes from './wordpress-guide.module.css'

type KnownSite = NonNullable<ProblemDocument['site']>

export type WordPressGuideProps = {
	/** As far as it is known, also when looking at it failed. */
	readonly site: KnownSite | undefined
	readonly problems: readonly ProblemDocument[]
}

/** How to get an application password, with the site's own address and labels filled in. */
export function WordPressGuide({ site, problems }: WordPressGuideProps) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const labels = wordPressLabels(site?.wordpressVersion, language)
	const admin = adminOf(site)
	return (
		<aside className={classes.guide} aria-labelledby="guide-title">
			<h2 id="guide-title">{t('guide.title')}</h2>
			<p>{t('guide.intro')}</p>
			{!admin && <p className={classes.quiet}>{t('guide.noAddressYet')}</p>}
			<ol className={classes.steps}>
				<Step title={t('guide.logIn')}>
					<p>
						<Emphasized text={t('guide.logInBody', { address: admin?.shown ?? 'yourwebsite.com/wp-admin' })} />
					</p>
					{admin && (
						<p>
							<ExternalLink href={admin.start}>{t('guide.logInLink', { host: admin.host })}</ExternalLink>
						</p>
					)}
					<HelpPicture name="log-in" alt={t('guide.pictures.log-in')} />
				</Step>
				<Step title={t('guide.profile')}>
					<p>
						<Emphasized text={t('guide.profileBody', { menu: labels.menu })} />{' '}
						{labels.hasOlderMenu && <Emphasized text={t('guide.profileOlder')} />}
					</p>
					<HelpPicture name="profile" alt={t('guide.pictures.profile')} />
				</Step>
				<Step title={t('guide.username')}>
					<p>
						<Emphasized text={t('guide.usernameBody', { label: labels.username })} />{' '}
						<strong>{t('guide.usernameImportant')}</strong>
					</p>
					<HelpPicture name="username" alt={t('guide.pictures.username')} />
				</Step>
				<Step title={t('guide.section', { section: labels.section })}>
					<p>
						<Emphasized text={t('guide.sectionBody', { button: labels.button })} />
					</p>
					<NameToCopy />
					{admin && (
						<p>
							<ExternalLink href={admin.section}>{t('guide.sectionLink', { host: admin.host })}</ExternalLink>
						</p>
					)}
					<HelpPicture name="application-password" alt={t('guide.pictures.application-password')} />
					<MissingSection knowledge={knowSection(site, problems)} />
				</Step>
				<Step title={t('guide.copy')}>
					<p>
						<Emphasized text={t('guide.copyBody')} />
					</p>
					<HelpPicture name="step-7" alt={t('guide.pictures.step-7')} />
				</Step>
			</ol>
			<p>
				<TextLink to="/help/wordpress-application-password" target="_blank">
					{t('guide.helpLink')}
				</TextLink>
			</p>
		</aside>
	)
}

function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	return (
		<li>
			<h3>{title}</h3>
			{children}
		</li>
	)
}

/** A name that will still say something in a year, when somebody looks at the list in WordPress. */
function NameToCopy() {
	const { t } = useTranslation('connectors')
	const workspace = useWorkspace()
	const [today] = useState(() => new Date())
	const name = passwordName(workspace.name, today)
	return (
		<p className={classes.name}>
			<span className={classes.quiet}>{t('guide.suggestion')}</span>
			<code>{name}</code>
			<CopyButton text={name} what={t('guide.suggestionName')} size="xs" />
		</p>
	)
}

type Admin = { readonly section: string; readonly start: string; readonly shown: string; readonly host: string }

/** Where the site's own administration is. */
function adminOf(site: KnownSite | undefined): Admin | undefined {
	const section = site?.adminUrl
	if (section === undefined || !isWebAddress(section)) return undefined
	const start = new URL('.', section)
	const shown = `${start.host}${start.pathname.replace(/\/$/, '')}`
	return { section, start: start.href, shown, host: start.host }
}
