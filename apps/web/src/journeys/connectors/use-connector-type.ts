import type { ConnectorTypeDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { connectorTypesQuery } from './connector-queries.ts'

/** What the registry says of a type; undefined until it is known. */
export function useConnectorType(id: string): ConnectorTypeDocument | undefined {
	return useQuery(connectorTypesQuery).data?.find((type) => type.id === id)
}

/** What this type calls the secret that it signs in with. */
export function useSecretName(id: string): string {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const secret = useConnectorType(id)?.fields.find(({ kind }) => kind === 'secret')
	return secret?.label[language] ?? t('page.applicationPassword')
}
