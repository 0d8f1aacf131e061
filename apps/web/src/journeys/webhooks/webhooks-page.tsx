import type { WebhookDocument } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { focusHeading } from '../../ui/focus-heading.ts'
import { Icon } from '../../ui/icons.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { NewSecret } from './new-secret.tsx'
import type { ShownSecret } from './shown-secret.ts'
import { WebhookDialog } from './webhook-dialog.tsx'
import { WebhookSection } from './webhook-section.tsx'
import { webhooksQuery } from './webhooks-queries.ts'

export function WebhooksPage() {
	const { t } = useTranslation('webhooks')
	const mayLook = hasRole(useWorkspace().role, 'admin')
	const [isAdding, setIsAdding] = useState(false)
	const [shown, setShown] = useState<ShownSecret>()
	const dismiss = () => {
		setShown(undefined)
		focusHeading()
	}
	const add = (
		<PrimaryButton leftSection={<Icon name="plus" />} onClick={() => setIsAdding(true)}>
			{t('add')}
		</PrimaryButton>
	)
	return (
		<Page title={t('title')} description={t('description')} actions={mayLook && add}>
			{shown && <NewSecret key={shown.secret} shown={shown} onDismiss={dismiss} />}
			{mayLook ? <Webhooks onSecret={setShown} onAdd={() => setIsAdding(true)} /> : <Section>{t('closed')}</Section>}
			{mayLook && <WebhookDialog isOpen={isAdding} onClose={() => setIsAdding(false)} onSecret={setShown} />}
		</Page>
	)
}

function Webhooks(props: Omit<ListProps, 'webhooks'>) {
	const webhooks = useQuery(webhooksQuery(useWorkspace().id))
	if (webhooks.isPending) return <Loading />
	if (webhooks.error) return <ProblemCard problem={webhooks.error.problem} onTryAgain={() => void webhooks.refetch()} />
	return <List webhooks={webhooks.data} {...props} />
}

type ListProps = {
	readonly webhooks: readonly WebhookDocument[]
	readonly onSecret: (shown: ShownSecret) => void
	readonly onAdd: () => void
}

function List({ webhooks, onSecret, onAdd }: ListProps) {
	const { t } = useTranslation('webhooks')
	if (webhooks.length === 0)
		return (
			<EmptyState
				icon="link"
				title={t('empty.title')}
				action={<ActionButton onClick={onAdd}>{t('empty.action')}</ActionButton>}
			>
				{t('empty.body')}
			</EmptyState>
		)
	return webhooks.map((webhook) => <WebhookSection key={webhook.id} webhook={webhook} onSecret={onSecret} />)
}
