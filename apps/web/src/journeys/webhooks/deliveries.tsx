import { contract, type WebhookDeliveryDocument, type WebhookDocument } from '@postern/api/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { announceProblem } from '../../ui/announce-problem.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { CardTable } from '../../ui/card-table.tsx'
import { Loading } from '../../ui/loading.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Badge } from '../../ui/state-badge.tsx'
import { Outcome } from './outcome.tsx'
import { useRefreshWebhooks } from './use-webhook-actions.ts'
import classes from './webhooks.module.css'
import { webhookName } from './webhook-name.ts'
import { deliveriesQuery } from './webhooks-queries.ts'

/** The last deliveries of a webhook; each can be sent again. */
export function Deliveries({ webhook }: { readonly webhook: WebhookDocument }) {
	const { t } = useTranslation('webhooks')
	const { host } = new URL(webhook.url)
	const deliveries = useQuery(deliveriesQuery(useWorkspace().id, webhook.id))
	if (deliveries.isPending) return <Loading />
	if (deliveries.error)
		return <ProblemCard problem={deliveries.error.problem} onTryAgain={() => void deliveries.refetch()} />
	if (deliveries.data.length === 0) return <p>{t('log.empty')}</p>
	return (
		<CardTable
			caption={t('log.caption', { name: webhookName(webhook.url) })}
			rows={deliveries.data}
			keyOf={({ id }) => id}
			columns={[
				{ name: 'event', label: t('log.event'), isPlain: true, render: (row) => t(`events.${row.event}`) },
				{ name: 'created', label: t('log.created'), render: (row) => <RelativeTime at={row.createdAt} /> },
				{ name: 'state', label: t('log.state'), render: (row) => <DeliveryState delivery={row} host={host} /> },
				{
					name: 'actions',
					label: t('log.actions'),
					isPlain: true,
					render: (row) => <ResendButton webhookId={webhook.id} delivery={row} />,
				},
			]}
		/>
	)
}

const looks = {
	waiting: { icon: 'clock', tone: 'caution' },
	delivered: { icon: 'passed', tone: 'good' },
	failed: { icon: 'failed', tone: 'bad' },
} as const

function DeliveryState({ delivery, host }: { readonly delivery: WebhookDeliveryDocument; readonly host: string }) {
	const { t } = useTranslation('webhooks')
	const { state, attempts, lastAttempt, nextAttemptAt } = delivery
	return (
		<span className={classes.outcome}>
			<Badge {...looks[state]}>{t(`log.states.${state}`)}</Badge>
			{lastAttempt && <Outcome attempt={lastAttempt} host={host} />}
			{attempts > 1 && <span className={classes.last}>{t('log.attempts', { count: attempts })}</span>}
			{nextAttemptAt && (
				<span className={classes.last}>
					{t('log.next')} <RelativeTime at={nextAttemptAt} />
				</span>
			)}
		</span>
	)
}

type ResendProps = { readonly webhookId: string; readonly delivery: WebhookDeliveryDocument }

function ResendButton({ webhookId, delivery }: ResendProps) {
	const { t } = useTranslation('webhooks')
	const { id: workspaceId } = useWorkspace()
	const refresh = useRefreshWebhooks()
	const resend = useMutation({
		mutationFn: () => askApi(contract.resendWebhookDelivery, { workspaceId, webhookId, deliveryId: delivery.id }),
		onSuccess: async ({ state }) => {
			if (state === 'delivered') announce(t('log.resent'))
			else announce(t('log.resendFailed'), 'failed')
			await refresh()
		},
		onError: announceProblem,
	})
	return (
		<ActionButton
			size="compact-sm"
			aria-label={t('log.resendLabel', { event: t(`events.${delivery.event}`) })}
			isBusy={resend.isPending}
			onClick={() => resend.mutate()}
		>
			{t('log.resend')}
		</ActionButton>
	)
}
