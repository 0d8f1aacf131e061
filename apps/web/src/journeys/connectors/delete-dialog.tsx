import { Checkbox, Modal } from '@mantine/core'
import type { ConnectorDocument, ProblemDocument } from '@postern/api/contract'
import { problemText } from '@postern/vocabulary'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { ExternalLink } from '../../ui/external-link.tsx'
import { inOurWords } from '../../ui/in-our-words.ts'
import type { ConnectorDialogProps } from './rename-dialog.tsx'
import { useDelete } from './use-connector-actions.ts'
import { useConnectorType, useSecretName } from './use-connector-type.ts'

type DeleteDialogProps = ConnectorDialogProps & { readonly onDeleted?: () => void }

/** Says what goes, and asks whether the password in WordPress goes too. What could not be removed there is said at the end. */
export function DeleteDialog({ isOpen, connector, onClose, onDeleted = onClose }: DeleteDialogProps) {
	const { t } = useTranslation('connectors')
	const [left, setLeft] = useState<ProblemDocument | null>()
	const isMade = isMadeForPostern(connector)
	const [isRevoking, setIsRevoking] = useState(isMade)
	const canRevoke = useCanRevoke(connector)
	const remove = useDelete(connector, { onDeleted, onLeft: setLeft })
	const { name, site } = connector
	const close = () => {
		onClose()
		remove.reset()
		setIsRevoking(isMade)
	}
	if (left !== undefined)
		return <LeftDialog isOpen={isOpen} connector={connector} problem={left} onClose={remove.finish} />
	return (
		<ConfirmDialog
			isOpen={isOpen}
			title={t('deleteDialog.title', { name })}
			confirmLabel={t('deleteDialog.confirm')}
			isDangerous
			isBusy={remove.isPending}
			problem={remove.error?.problem}
			onConfirm={() => remove.mutate(canRevoke && isRevoking)}
			onClose={close}
		>
			<p>{t('deleteDialog.what')}</p>
			{canRevoke && (
				<Checkbox
					label={t('deleteDialog.revoke')}
					description={t(isMade ? 'deleteDialog.revokeHint' : 'deleteDialog.revokeHintEntered', { host: site.host })}
					checked={isRevoking}
					onChange={(event) => setIsRevoking(event.currentTarget.checked)}
				/>
			)}
			{(!canRevoke || !isRevoking) && <Stays connector={connector} />}
		</ConfirmDialog>
	)
}

/** Nothing else holds it; what somebody entered here may be in use elsewhere, and stays unless they say otherwise. */
function isMadeForPostern({ credentialFrom }: ConnectorDocument): boolean {
	return credentialFrom === 'approved' || credentialFrom === 'rotated'
}

/** Where the site lets a password be removed by itself, and we know which it is. */
function useCanRevoke({ type, transport, applicationPassword }: ConnectorDocument): boolean {
	const can = useConnectorType(type)?.can
	return can?.revoke === true && transport === 'rest' && applicationPassword.uuid !== null
}

function Stays({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connectors')
	const { site, applicationPassword } = connector
	const password = applicationPassword.name
	const type = useConnectorType(connector.type)
	const secret = useSecretName(connector.type)
	const platform = type?.platform ?? site.host
	return (
		<p>
			{password ? t('deleteDialog.staysNamed', { password, platform }) : t('deleteDialog.stays', { secret, platform })}{' '}
			<ExternalLink href={site.adminUrl}>
				{type?.guide === null ? t('deleteDialog.open', { host: site.host }) : site.adminUrl}
			</ExternalLink>
		</p>
	)
}

type LeftDialogProps = ConnectorDialogProps & { readonly problem: ProblemDocument | null }

/** The connector is gone; its password in WordPress is not. */
function LeftDialog({ isOpen, connector, problem, onClose }: LeftDialogProps) {
	const { t } = useTranslation(['connectors', 'shell'])
	const language = useLanguage()
	const { name, site } = connector
	return (
		<Modal
			opened={isOpen}
			onClose={onClose}
			title={t('deleteDialog.leftTitle', { name })}
			closeButtonProps={{ 'aria-label': t('shell:close') }}
			centered
		>
			<div role="alert">
				<p>{t('deleteDialog.left', { host: site.host })}</p>
				{problem && <p>{problemText(problem.code, inOurWords(problem.params), language).title}</p>}
			</div>
			<Stays connector={connector} />
			<DialogButtons>
				<ActionButton onClick={onClose} data-autofocus>
					{t('shell:close')}
				</ActionButton>
			</DialogButtons>
		</Modal>
	)
}
