import { useTranslation } from 'react-i18next'
import { Page } from '../ui/page.tsx'
import { ButtonLink } from '../ui/router-links.tsx'
import { EntranceFrame } from './entrance-layout.tsx'

export function NotFound() {
	const { t } = useTranslation('shell')
	return (
		<Page title={t('notFound.title')} width="reading">
			<p>{t('notFound.body')}</p>
			<ButtonLink to="/">{t('notFound.action')}</ButtonLink>
		</Page>
	)
}

export function NotFoundPage() {
	return (
		<EntranceFrame>
			<NotFound />
		</EntranceFrame>
	)
}
