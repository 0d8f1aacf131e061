import { useTranslation } from 'react-i18next'
import { Page, Section } from '../../ui/page.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import { commonProblems } from './common-problems.ts'
import { ProblemLinks } from './problem-links.tsx'

export function HelpPage() {
	const { t } = useTranslation('help')
	return (
		<Page title={t('title')} width="reading" description={t('index.intro')}>
			<Section title={t('index.guides')}>
				<TextLink to="/help/wordpress-application-password">{t('connecting.title')}</TextLink>
				<p>{t('index.connectingBody')}</p>
			</Section>
			<Section title={t('index.problems')} description={t('index.problemsIntro')}>
				<ProblemLinks codes={commonProblems} />
			</Section>
		</Page>
	)
}
