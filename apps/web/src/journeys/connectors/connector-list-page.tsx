import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'

export function ConnectorListPage() {
	const { t } = useTranslation('connectors')
	return <Page title={t('title')}>{null}</Page>
}
