import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'

export function HelpPage() {
	const { t } = useTranslation('help')
	return <Page title={t('title')}>{null}</Page>
}
