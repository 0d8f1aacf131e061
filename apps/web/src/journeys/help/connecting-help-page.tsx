import { hasRole } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useVisitor } from '../../api/session.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Emphasized } from '../../ui/emphasized.tsx'
import { Page } from '../../ui/page.tsx'
import { PrimaryLink, TextLink } from '../../ui/router-links.tsx'
import { mostCommonProblems } from './common-problems.ts'
import classes from './help.module.css'
import { HelpStep } from './help-step.tsx'
import { MakePasswordStep } from './make-password-step.tsx'
import { ProblemLinks } from './problem-links.tsx'

const before = [
	['one', 'step-1'],
	['two', 'step-2'],
	['three', 'step-3'],
	['four', 'step-4'],
	['five', 'step-5'],
] as const
const after = [
	['seven', 'step-8'],
	['eight', 'step-9'],
	['nine', 'step-10'],
] as const
const prerequisites = ['account', 'administrator', 'feature', 'https', 'permalinks'] as const

/** The help page of connecting: nine steps, what must be there before, and what to do when it is not. */
export function ConnectingHelpPage() {
	const { t } = useTranslation('help')
	return (
		<Page title={t('connecting.title')} width="reading" before={<BackLink to="/help">{t('back')}</BackLink>}>
			<div className={classes.text}>
				<p>{t('connecting.intro')}</p>
				<h2>{t('connecting.prerequisites.title')}</h2>
				<p>{t('connecting.prerequisites.intro')}</p>
				<ul>
					{prerequisites.map((name) => (
						<li key={name}>
							<Emphasized text={t(`connecting.prerequisites.${name}`)} />
						</li>
					))}
				</ul>
				<OneClick />
				<h2>{t('connecting.steps.title')}</h2>
				{before.map(([name, picture]) => (
					<HelpStep key={name} name={name} picture={picture} />
				))}
				<MakePasswordStep />
				{after.map(([name, picture]) => (
					<HelpStep key={name} name={name} picture={picture} />
				))}
				<Start />
				<Permalinks />
				<MissingSection />
				<h2>{t('connecting.after.title')}</h2>
				<ul>
					<li>{t('connecting.after.one')}</li>
					<li>{t('connecting.after.two')}</li>
					<li>{t('connecting.after.three')}</li>
				</ul>
				<h2>{t('connecting.trouble.title')}</h2>
				<p>{t('connecting.trouble.intro')}</p>
				<ProblemLinks codes={mostCommonProblems} />
				<p>
					<TextLink to="/help">{t('connecting.trouble.all')}</TextLink>
				</p>
			</div>
		</Page>
	)
}

/** The way that most sites allow; the steps below lead there everywhere else. */
function OneClick() {
	const { t } = useTranslation('help')
	return (
		<>
			<h2 id="one-click">{t('connecting.oneClick.title')}</h2>
			{(['body', 'safe', 'carry'] as const).map((name) => (
				<p key={name}>
					<Emphasized text={t(`connecting.oneClick.${name}`)} />
				</p>
			))}
		</>
	)
}

/** For those who can follow the guide right away. */
function Start() {
	const { t } = useTranslation('help')
	const memberships = useVisitor()?.memberships ?? []
	if (!memberships.some(({ role }) => hasRole(role, 'editor'))) return null
	return (
		<p>
			<PrimaryLink to="/connectors/new">{t('connecting.start')}</PrimaryLink>
		</p>
	)
}

function Permalinks() {
	const { t } = useTranslation('help')
	return (
		<>
			<h2 id="pretty-permalinks">{t('connecting.permalinks.title')}</h2>
			<p>
				<Emphasized text={t('connecting.permalinks.body')} />
			</p>
			<ol>
				{(['one', 'two', 'three'] as const).map((name) => (
					<li key={name}>
						<Emphasized text={t(`connecting.permalinks.${name}`)} />
					</li>
				))}
			</ol>
			<p>{t('connecting.permalinks.note')}</p>
		</>
	)
}

function MissingSection() {
	const { t } = useTranslation('help')
	return (
		<>
			<h2 id="missing-section">{t('connecting.missing.title')}</h2>
			<p>{t('connecting.missing.intro')}</p>
			<ol>
				{(['permalinks', 'plugin', 'role', 'https'] as const).map((name) => (
					<li key={name}>
						<Emphasized text={t(`connecting.missing.${name}`)} />
					</li>
				))}
			</ol>
		</>
	)
}
