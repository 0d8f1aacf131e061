import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ExternalLink } from '../../ui/external-link.tsx'
import type { ConnectorDialogProps } from './rename-dialog.tsx'
import { useDelete } from './use-connector-actions.ts'

type DeleteDialogProps = ConnectorDialogProps & { readonly onDeleted?: () => void }

/** Says what goes, and what stays: the password in WordPress. */
export function DeleteDialog({ isOpen, connector, onClose, onDeleted = onClose }: DeleteDialogProps) {
	const { t } = useTranslation('connectors')
	const remove = useDelete(connector, onDeleted)
	const { name, site, applicationPassword } = connector
	const password = applicationPassword.name
	const close = () => {
		onClose()
		remove.reset()
	}
	return (
		<ConfirmDialog
			isOpen={isOpen}
			title={t('deleteDialog.title', { name })}
			confirmLabel={t('deleteDialog.confirm')}
			isDangerous
			isBusy={remove.isPending}
			problem={remove.error?.problem}
			onConfirm={() => remove.mutate()}
			onClose={close}
		>
			<p>{t('deleteDialog.what')}</p>
			<p>
				{password ? t('deleteDialog.staysNamed', { password }) : t('deleteDialog.stays')}{' '}
				<ExternalLink href={site.adminUrl}>{t('deleteDialog.open', { host: site.host })}</ExternalLink>
			</p>
		</ConfirmDialog>
	)
}
