import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'

export function MembersPage() {
	const { t } = useTranslation('members')
	return <Page title={t('title')}>{null}</Page>
}
