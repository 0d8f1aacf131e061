import { useTranslation } from 'react-i18next'
import { Page } from '../ui/page.tsx'

export function NoWorkspacePage() {
	const { t } = useTranslation('shell')
	return (
		<Page title={t('noWorkspace.title')} width="reading">
			<p>{t('noWorkspace.body')}</p>
		</Page>
	)
}
