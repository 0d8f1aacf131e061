import type { ConnectorDocument } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { ButtonLink, PrimaryLink } from '../../../ui/router-links.tsx'
import { DeleteDialog } from '../delete-dialog.tsx'
import { AskOwnerButton } from '../links/ask-owner-button.tsx'
import { RenameDialog } from '../rename-dialog.tsx'
import { usePause } from '../use-connector-actions.ts'

export function ConnectorButtons({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connectors')
	const navigate = useNavigate()
	const { role } = useWorkspace()
	const [dialog, setDialog] = useState<'rename' | 'delete'>()
	const close = () => setDialog(undefined)
	// Only a connector that waits for a person makes reconnecting the next step; a lock-out is waited for.
	const isLockedOut = connector.diagnosis?.code === 'site-credential/locked-out'
	const Reconnect = connector.state === 'needs-attention' && !isLockedOut ? PrimaryLink : ButtonLink
	return (
		<>
			<Reconnect
				to="/connectors/$connectorId/reconnect"
				params={{ connectorId: connector.id }}
				leftSection={<Icon name="link" />}
			>
				{t('page.reconnect')}
			</Reconnect>
			{connector.state === 'needs-attention' && <AskOwnerButton connector={connector} />}
			<PauseButton connector={connector} />
			<ActionButton leftSection={<Icon name="pencil" />} onClick={() => setDialog('rename')}>
				{t('page.rename')}
			</ActionButton>
			{hasRole(role, 'admin') && (
				<ActionButton leftSection={<Icon name="trash" />} onClick={() => setDialog('delete')}>
					{t('page.delete')}
				</ActionButton>
			)}
			<RenameDialog isOpen={dialog === 'rename'} connector={connector} onClose={close} />
			<DeleteDialog
				isOpen={dialog === 'delete'}
				connector={connector}
				onClose={close}
				onDeleted={() => void navigate({ to: '/connectors', replace: true })}
			/>
		</>
	)
}

/** Resuming is the next step of a connector that is paused. */
function PauseButton({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connectors')
	const { role } = useWorkspace()
	const pause = usePause(connector)
	if (!hasRole(role, 'admin')) return null
	const isPaused = connector.state === 'paused'
	return (
		<PrimaryButton
			isNext={isPaused}
			leftSection={<Icon name={isPaused ? 'play' : 'pause'} />}
			isBusy={pause.isPending}
			onClick={() => pause.mutate()}
		>
			{t(isPaused ? 'actions.resume' : 'actions.pause')}
		</PrimaryButton>
	)
}
