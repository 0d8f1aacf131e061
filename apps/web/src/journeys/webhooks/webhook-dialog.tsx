import { Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { contract, type WebhookDocument } from '@postern/api/contract'
import { webhookSubjects, type WebhookSubject } from '@postern/vocabulary'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import type { FieldsByCode } from '../../ui/field-problem.ts'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'
import type { ShownSecret } from './shown-secret.ts'
import { webhooksQuery } from './webhooks-queries.ts'

export type WebhookDialogProps = {
	/** Without one, a new one is made. */
	readonly webhook?: WebhookDocument
	readonly isOpen: boolean
	readonly onClose: () => void
	readonly onSecret?: (shown: ShownSecret) => void
}

/** Where it goes, and what it is told. */
export function WebhookDialog({ webhook, isOpen, onClose, onSecret }: WebhookDialogProps) {
	const { t } = useTranslation('webhooks')
	const { t: shell } = useTranslation('shell')
	const title = t(webhook ? 'dialog.editTitle' : 'dialog.addTitle')
	return (
		<Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': shell('close') }} centered>
			<WebhookForm webhook={webhook} onClose={onClose} onSecret={onSecret} />
		</Modal>
	)
}

const byCode: FieldsByCode<'url'> = {
	'address/required': 'url',
	'address/malformed': 'url',
	'address/too-long': 'url',
	'address/scheme-unsupported': 'url',
	'address/credentials-inside': 'url',
	'address/own': 'url',
}

type FormProps = {
	readonly webhook: WebhookDocument | undefined
	readonly onClose: () => void
	readonly onSecret: ((shown: ShownSecret) => void) | undefined
}

function WebhookForm({ webhook, onClose, onSecret }: FormProps) {
	const { t } = useTranslation('webhooks')
	const { t: shell } = useTranslation('shell')
	const [events, setEvents] = useState<readonly WebhookSubject[]>(webhook?.events ?? webhookSubjects)
	const [isChecked, setIsChecked] = useState(false)
	const save = useSave({ webhook, onClose, onSecret })
	const fields = useFields({ state: useState({ url: webhook?.url ?? '' }), problem: save.error?.problem, byCode })
	const submit = () => {
		setIsChecked(true)
		if (!fields.isComplete('url') || events.length === 0) return
		save.mutate({ url: fields.values.url, events: [...events] })
	}
	return (
		<Form onSubmit={submit}>
			<TextInput
				data-autofocus
				label={t('dialog.url')}
				description={t('dialog.urlHint')}
				placeholder="https://hooks.example.com/postern"
				type="url"
				autoComplete="off"
				{...fields.bind('url')}
			/>
			<Checkbox.Group
				label={t('dialog.events')}
				value={[...events]}
				onChange={(chosen) => setEvents(webhookSubjects.filter((event) => chosen.includes(event)))}
				error={isChecked && events.length === 0 ? t('dialog.noEvents') : undefined}
			>
				<Stack gap="xs" mt={6} mb={4}>
					{webhookSubjects.map((event) => (
						<Checkbox key={event} value={event} label={t(`events.${event}`)} />
					))}
				</Stack>
			</Checkbox.Group>
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onClose}>{shell('cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={save.isPending}>
					{t(webhook ? 'dialog.save' : 'dialog.add')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}

function useSave({ webhook, onClose, onSecret }: FormProps) {
	const { t } = useTranslation('webhooks')
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	return useMutation({
		mutationFn: async (body: { url: string; events: WebhookSubject[] }): Promise<ShownSecret | undefined> => {
			if (webhook) {
				await askApi(contract.updateWebhook, { workspaceId, webhookId: webhook.id, body })
				return undefined
			}
			const made = await askApi(contract.createWebhook, { workspaceId, body })
			return { url: made.webhook.url, secret: made.secret, isReplaced: false }
		},
		onSuccess: async (shown) => {
			onClose()
			announce(t(webhook ? 'dialog.saved' : 'dialog.added'))
			if (shown) onSecret?.(shown)
			await queries.invalidateQueries({ queryKey: webhooksQuery(workspaceId).queryKey })
		},
	})
}
