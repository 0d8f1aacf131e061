import { contract, type ConnectorDocument } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { announce, speak } from '../../ui/announcer.tsx'
import { connectorQuery, keepConnector } from './connector-queries.ts'

/** *Rotate now*. */
export function useRotate({ id: connectorId, name }: ConnectorDocument) {
	const { t } = useTranslation('connecting')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	return useMutation({
		mutationFn: () => askApi(contract.rotateConnector, { workspaceId, connectorId }),
		onMutate: () => speak(t('password.rotating')),
		onSuccess: (rotated) => {
			keepConnector(queryClient, workspaceId, rotated)
			announce(t('password.rotatedNow', { name }))
		},
		// What it came to is written at the connector.
		onError: () => queryClient.invalidateQueries({ queryKey: connectorQuery(workspaceId, connectorId).queryKey }),
	})
}

/** Rotates by the clock; 0 days: not. */
export function useRotateEvery({ id: connectorId, name }: ConnectorDocument) {
	const { t } = useTranslation('connecting')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	return useMutation({
		mutationFn: (days: number) => {
			const body = { rotateEveryDays: days === 0 ? null : days }
			return askApi(contract.updateConnector, { workspaceId, connectorId, body })
		},
		onSuccess: (changed) => {
			keepConnector(queryClient, workspaceId, changed)
			const { rotateEveryDays: count } = changed
			announce(count === null ? t('password.everyOff', { name }) : t('password.everySet', { name, count }))
		},
	})
}
