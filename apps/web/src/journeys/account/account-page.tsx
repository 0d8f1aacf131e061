import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/session.ts'
import { Page } from '../../ui/page.tsx'
import { DigestSection } from './digest-section.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { TwoFactorSection } from './two-factor-section.tsx'

/** What belongs to the person, not to a workspace. */
export function AccountPage() {
	const { t } = useTranslation('account')
	const { account } = useMe()
	return (
		<Page
			title={t('title')}
			width="reading"
			description={t('signedInAs', { username: account.username, email: account.email })}
		>
			<PasswordSection />
			<TwoFactorSection />
			<PasskeysSection />
			<SessionsSection />
			<DigestSection />
		</Page>
	)
}
