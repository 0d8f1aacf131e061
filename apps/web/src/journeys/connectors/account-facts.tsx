import type { ConnectorDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../ui/facts.tsx'
import { roleNames } from '../../ui/wordpress-roles.ts'

/** Who we are on the site. */
export function AccountFacts({ account }: { readonly account: ConnectorDocument['account'] }) {
	const { t } = useTranslation('connectors')
	return (
		<Facts
			facts={[
				[t('success.displayName'), account.displayName || account.username],
				[t('success.username'), account.username],
				[t('success.role'), roleNames(account.roles)],
			]}
		/>
	)
}
