import { ActionIcon, Menu } from '@mantine/core'
import type { WebhookDocument } from '@postern/api/contract'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useDeleteWebhook, useNewSecret, useSwitch } from './use-webhook-actions.ts'
import { WebhookDialog } from './webhook-dialog.tsx'
import { webhookName } from './webhook-name.ts'
import type { ShownSecret } from './shown-secret.ts'

export type WebhookProps = {
	readonly webhook: WebhookDocument
	readonly onSecret: (shown: ShownSecret) => void
}

type Dialog = 'edit' | 'secret' | 'delete'

/** What may be done with a webhook. */
export function WebhookMenu({ webhook, onSecret }: WebhookProps) {
	const { t } = useTranslation('webhooks')
	const [dialog, setDialog] = useState<Dialog>()
	const button = useRef<HTMLButtonElement>(null)
	const turn = useSwitch(webhook)
	const open = (next: Dialog) => {
		// The menu item is gone when the dialog closes: the focus shall return to the button.
		button.current?.focus()
		setDialog(next)
	}
	const close = () => setDialog(undefined)
	return (
		<>
			<Menu position="bottom-end" width={240}>
				<Menu.Target>
					<ActionIcon
						ref={button}
						variant="subtle"
						size="lg"
						aria-label={t('menu', { name: webhookName(webhook.url) })}
					>
						<Icon name="dots" />
					</ActionIcon>
				</Menu.Target>
				<Menu.Dropdown>
					<Menu.Item leftSection={<Icon name="pencil" size={16} />} onClick={() => open('edit')}>
						{t('edit')}
					</Menu.Item>
					<Menu.Item leftSection={<Icon name="key" size={16} />} onClick={() => open('secret')}>
						{t('newSecret.action')}
					</Menu.Item>
					{webhook.isEnabled && (
						<Menu.Item leftSection={<Icon name="pause" size={16} />} onClick={() => turn.mutate(false)}>
							{t('turnOff')}
						</Menu.Item>
					)}
					<Menu.Item leftSection={<Icon name="trash" size={16} />} onClick={() => open('delete')}>
						{t('delete.action')}
					</Menu.Item>
				</Menu.Dropdown>
			</Menu>
			<WebhookDialog webhook={webhook} isOpen={dialog === 'edit'} onClose={close} />
			<SecretDialog webhook={webhook} onSecret={onSecret} isOpen={dialog === 'secret'} onClose={close} />
			<DeleteDialog webhook={webhook} isOpen={dialog === 'delete'} onClose={close} />
		</>
	)
}

type DialogProps = Pick<WebhookProps, 'webhook'> & { readonly isOpen: boolean; readonly onClose: () => void }

function SecretDialog({ webhook, onSecret, isOpen, onClose }: DialogProps & WebhookProps) {
	const { t } = useTranslation('webhooks')
	const replace = useNewSecret(webhook, (shown) => {
		onClose()
		onSecret(shown)
	})
	return (
		<ConfirmDialog
			isOpen={isOpen}
			title={t('newSecret.title')}
			confirmLabel={t('newSecret.confirm')}
			isBusy={replace.isPending}
			problem={replace.error?.problem}
			onConfirm={() => replace.mutate()}
			onClose={onClose}
		>
			{t('newSecret.body')}
		</ConfirmDialog>
	)
}

function DeleteDialog({ webhook, isOpen, onClose }: DialogProps) {
	const { t } = useTranslation('webhooks')
	const remove = useDeleteWebhook(webhook)
	return (
		<ConfirmDialog
			isOpen={isOpen}
			title={t('delete.title', { name: webhookName(webhook.url) })}
			confirmLabel={t('delete.confirm')}
			isDangerous
			isBusy={remove.isPending}
			problem={remove.error?.problem}
			onConfirm={() => remove.mutate()}
			onClose={onClose}
		>
			{t('delete.body')}
		</ConfirmDialog>
	)
}
