import type { WebhookDocument } from '@postern/api/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { dateAndTime } from '../../ui/format-time.ts'
import { Icon } from '../../ui/icons.tsx'
import { Section } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Badge } from '../../ui/state-badge.tsx'
import { Deliveries } from './deliveries.tsx'
import { Outcome } from './outcome.tsx'
import { useSendTest, useSwitch } from './use-webhook-actions.ts'
import { WebhookMenu, type WebhookProps } from './webhook-menu.tsx'
import { webhookName } from './webhook-name.ts'
import classes from './webhooks.module.css'

/** One webhook: where it goes, how it does, what it was told. */
export function WebhookSection({ webhook, onSecret }: WebhookProps) {
	const { t } = useTranslation('webhooks')
	const language = useLanguage()
	const [isLogOpen, setIsLogOpen] = useState(false)
	const test = useSendTest(webhook, () => setIsLogOpen(true))
	const turn = useSwitch(webhook)
	const { url, events, isEnabled, lastAttempt, failingSince } = webhook
	const { host } = new URL(url)
	const name = webhookName(url)
	return (
		<Section title={host} actions={<WebhookMenu webhook={webhook} onSecret={onSecret} />}>
			<p className={classes.url}>{url}</p>
			<p className={classes.state}>
				<State webhook={webhook} />
				{lastAttempt && (
					<span className={classes.last}>
						<RelativeTime at={lastAttempt.at} /> · <Outcome attempt={lastAttempt} host={host} />
					</span>
				)}
			</p>
			{isEnabled && failingSince && (
				<p className={classes.last}>{t('failingSince', { time: dateAndTime(failingSince, language) })}</p>
			)}
			<ul className={classes.events} aria-label={t('dialog.events')}>
				{events.map((event) => (
					<li key={event}>{t(`events.${event}`)}</li>
				))}
			</ul>
			<div className={classes.buttons}>
				{!isEnabled && (
					<ActionButton
						leftSection={<Icon name="play" size={16} />}
						aria-label={t('turnOnLabel', { name })}
						isBusy={turn.isPending}
						onClick={() => turn.mutate(true)}
					>
						{t('turnOn')}
					</ActionButton>
				)}
				<ActionButton aria-label={t('testLabel', { name })} isBusy={test.isPending} onClick={() => test.mutate()}>
					{t('test')}
				</ActionButton>
				<ActionButton
					variant="subtle"
					aria-expanded={isLogOpen}
					aria-label={t(isLogOpen ? 'log.hideLabel' : 'log.showLabel', { name })}
					onClick={() => setIsLogOpen(!isLogOpen)}
				>
					{t(isLogOpen ? 'log.hide' : 'log.show')}
				</ActionButton>
			</div>
			{isLogOpen && (
				<div className={classes.log}>
					<Deliveries webhook={webhook} />
				</div>
			)}
		</Section>
	)
}

function State({ webhook: { isEnabled, failingSince, lastAttempt } }: { readonly webhook: WebhookDocument }) {
	const { t } = useTranslation('webhooks')
	if (!isEnabled)
		return (
			<Badge icon="pause" tone="quiet">
				{t('states.off')}
			</Badge>
		)
	if (failingSince)
		return (
			<Badge icon="warning" tone="bad">
				{t('states.failing')}
			</Badge>
		)
	if (lastAttempt === null)
		return (
			<Badge icon="waiting" tone="quiet">
				{t('states.new')}
			</Badge>
		)
	return (
		<Badge icon="passed" tone="good">
			{t('states.on')}
		</Badge>
	)
}
