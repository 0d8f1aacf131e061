import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ExternalLink } from '../../ui/external-link.tsx'
import { connectorTypesQuery } from './connector-queries.ts'
import type { ConnectorDialogProps } from './rename-dialog.tsx'
import { useDelete } from './use-connector-actions.ts'

type DeleteDialogProps = ConnectorDialogProps & { readonly onDeleted?: () => void }

/** Says what goes, and what stays: the password in WordPress. */
export function DeleteDialog({ isOpen, connector, onClose, onDeleted = onClose }: DeleteDialogProps) {
	const { t } = useTranslation('connectors')
	const [revoke, setRevoke] = useState(false)
	const { data: types = [] } = useQuery(connectorTypesQuery)
	const remove = useDelete(connector, onDeleted)
	const { name, site, applicationPassword } = connector
	const isRevocable =
		types.find(({ id }) => id === connector.type)?.can.revoke === true && applicationPassword.uuid !== null
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
			onConfirm={() => remove.mutate(revoke)}
			onClose={close}
		>
			<p>{t('deleteDialog.what')}</p>
			<p>
				{password ? t('deleteDialog.staysNamed', { password }) : t('deleteDialog.stays')}{' '}
				<ExternalLink href={site.adminUrl}>{t('deleteDialog.open', { host: site.host })}</ExternalLink>
			</p>
			{isRevocable && (
				<Checkbox
					checked={revoke}
					onChange={(event) => setRevoke(event.currentTarget.checked)}
					label={t('deleteDialog.revoke')}
				/>
			)}
		</ConfirmDialog>
	)
}
