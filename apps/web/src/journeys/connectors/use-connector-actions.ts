import { contract, type ConnectorDocument, type ProblemDocument } from '@postern/api/contract'
import { problemText } from '@postern/vocabulary'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { currentLanguage } from '../../texts/language.ts'
import { announceProblem } from '../../ui/announce-problem.ts'
import { announce, speak } from '../../ui/announcer.tsx'
import {
	connectorHistoryQuery,
	connectorQuery,
	draftsQuery,
	keepConnector,
	latestPostsQuery,
	refreshLists,
} from './connector-queries.ts'

/** *Check now*: proves the connection again; the outcome is in the connector's state. */
export function useCheck(connector: ConnectorDocument) {
	const { t } = useTranslation(['connectors', 'shell'])
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const { id: connectorId, name } = connector
	return useMutation({
		mutationFn: () => askApi(contract.checkConnector, { workspaceId, connectorId }),
		onMutate: () => speak(t('actions.checking', { name })),
		onSuccess: async (checked) => {
			keepConnector(queryClient, workspaceId, checked)
			announce(t('actions.checked', { name: checked.name, state: t(`shell:states.${checked.state}`) }))
			await queryClient.invalidateQueries({ queryKey: ['dashboard', workspaceId] })
			await queryClient.invalidateQueries({ queryKey: connectorHistoryQuery(workspaceId, connectorId).queryKey })
			await queryClient.invalidateQueries({ queryKey: latestPostsQuery(workspaceId, connectorId).queryKey })
		},
		onError: ({ problem }) => {
			const { title } = problemText(problem.code, problem.params, currentLanguage())
			announce(t('actions.checkFailed', { name, problem: title }), 'failed')
		},
	})
}

/** Shuts a connector to applications for a while, or opens it again. */
export function usePause(connector: ConnectorDocument) {
	const { t } = useTranslation('connectors')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const { id: connectorId, name } = connector
	const isPaused = connector.state === 'paused'
	return useMutation({
		mutationFn: () =>
			askApi(isPaused ? contract.resumeConnector : contract.pauseConnector, { workspaceId, connectorId }),
		onSuccess: async (changed) => {
			keepConnector(queryClient, workspaceId, changed)
			announce(t(isPaused ? 'actions.resumed' : 'actions.paused', { name: changed.name }))
			await refreshLists(queryClient, workspaceId)
		},
		onError: ({ problem }) => {
			const { title } = problemText(problem.code, problem.params, currentLanguage())
			announce(t('actions.changeFailed', { name, problem: title }), 'failed')
		},
	})
}

export function useRename(connector: ConnectorDocument, onDone: () => void) {
	const { t } = useTranslation('connectors')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	return useMutation({
		mutationFn: (name: string) =>
			askApi(contract.updateConnector, { workspaceId, connectorId: connector.id, body: { name } }),
		onSuccess: async (renamed) => {
			keepConnector(queryClient, workspaceId, renamed)
			onDone()
			announce(t('renameDialog.done', { name: renamed.name }))
			await refreshLists(queryClient, workspaceId)
		},
	})
}

type OnDeleted = {
	readonly onDeleted: () => void
	/** The password stays at the site, for this reason; whoever shows that calls `finish` afterwards. */
	readonly onLeft: (problem: ProblemDocument | null) => void
}

const deleted = {
	kept: 'deleteDialog.done',
	revoked: 'deleteDialog.doneRevoked',
	gone: 'deleteDialog.doneGone',
} as const

/** Deletes a connector; asked to, together with its password at the site. */
export function useDelete(connector: ConnectorDocument, { onDeleted, onLeft }: OnDeleted) {
	const { t } = useTranslation('connectors')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const { id: connectorId, name, site } = connector
	const finish = async () => {
		onDeleted()
		await refreshLists(queryClient, workspaceId)
		queryClient.removeQueries({ queryKey: connectorQuery(workspaceId, connectorId).queryKey })
	}
	const mutation = useMutation({
		mutationFn: (revoke: boolean) =>
			askApi(contract.deleteConnector, { workspaceId, connectorId, query: revoke ? { revoke: 'true' } : {} }),
		onSuccess: async ({ revoked, problem }) => {
			if (revoked === 'failed') return onLeft(problem)
			announce(t(deleted[revoked], { name, host: site.host }))
			await finish()
		},
	})
	return { ...mutation, finish: () => void finish() }
}

const discarded = {
	kept: 'drafts.discarded',
	revoked: 'drafts.discardedRevoked',
	gone: 'drafts.discardedRevoked',
	failed: 'drafts.discardedLeft',
} as const

/** Gives up a verified connection that has no name yet. */
export function useDiscard(draft: ConnectorDocument, onDone: () => void) {
	const { t } = useTranslation('connectors')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	return useMutation({
		mutationFn: () => askApi(contract.deleteConnector, { workspaceId, connectorId: draft.id, query: {} }),
		onSuccess: ({ revoked }) => {
			const { queryKey } = draftsQuery(workspaceId)
			queryClient.setQueryData(queryKey, (drafts) => drafts?.filter(({ id }) => id !== draft.id))
			onDone()
			announce(t(discarded[revoked], { host: draft.site.host }))
			return refreshLists(queryClient, workspaceId)
		},
		onError: announceProblem,
	})
}
