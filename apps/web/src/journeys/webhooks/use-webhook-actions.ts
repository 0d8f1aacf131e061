import { contract, type WebhookDocument } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { announceProblem } from '../../ui/announce-problem.ts'
import { announce } from '../../ui/announcer.tsx'
import { focusHeadingAfterDialog } from '../../ui/focus-heading.ts'
import { webhooksQuery } from './webhooks-queries.ts'
import type { ShownSecret } from './shown-secret.ts'

/** What one or all webhooks of the workspace show may have changed. */
export function useRefreshWebhooks(): () => Promise<void> {
	const { id } = useWorkspace()
	const queries = useQueryClient()
	return () => queries.invalidateQueries({ queryKey: webhooksQuery(id).queryKey })
}

export function useSendTest({ id: webhookId }: WebhookDocument, onSent: () => void) {
	const { t } = useTranslation('webhooks')
	const { id: workspaceId } = useWorkspace()
	const refresh = useRefreshWebhooks()
	return useMutation({
		mutationFn: () => askApi(contract.testWebhook, { workspaceId, webhookId }),
		onSuccess: async ({ state }) => {
			if (state === 'delivered') announce(t('tested'))
			else announce(t('testFailed'), 'failed')
			onSent()
			await refresh()
		},
		onError: announceProblem,
	})
}

export function useSwitch({ id: webhookId }: WebhookDocument) {
	const { t } = useTranslation('webhooks')
	const { id: workspaceId } = useWorkspace()
	const refresh = useRefreshWebhooks()
	return useMutation({
		mutationFn: (isEnabled: boolean) => askApi(contract.updateWebhook, { workspaceId, webhookId, body: { isEnabled } }),
		onSuccess: async ({ isEnabled }) => {
			announce(t(isEnabled ? 'turnedOn' : 'turnedOff'))
			await refresh()
		},
		onError: announceProblem,
	})
}

export function useNewSecret({ id: webhookId, url }: WebhookDocument, onSecret: (shown: ShownSecret) => void) {
	const { id: workspaceId } = useWorkspace()
	return useMutation({
		mutationFn: () => askApi(contract.rotateWebhookSecret, { workspaceId, webhookId }),
		onSuccess: ({ secret }) => onSecret({ url, secret, isReplaced: true }),
	})
}

export function useDeleteWebhook({ id: webhookId }: WebhookDocument) {
	const { t } = useTranslation('webhooks')
	const { id: workspaceId } = useWorkspace()
	const refresh = useRefreshWebhooks()
	return useMutation({
		mutationFn: () => askApi(contract.deleteWebhook, { workspaceId, webhookId }),
		onSuccess: async () => {
			focusHeadingAfterDialog()
			announce(t('delete.done'))
			await refresh()
		},
	})
}
