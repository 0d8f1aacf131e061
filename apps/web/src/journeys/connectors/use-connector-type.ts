import type { ConnectorTypeDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { connectorTypesQuery } from './connector-queries.ts'

/** What the registry says of a type; undefined until it is known. */
export function useConnectorType(id: string): ConnectorTypeDocument | undefined {
	return useQuery(connectorTypesQuery).data?.find((type) => type.id === id)
}
