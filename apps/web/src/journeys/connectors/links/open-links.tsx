import { contract, type ConnectLinkDocument } from '@postern/api/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { announce } from '../../../ui/announcer.tsx'
import { ActionButton } from '../../../ui/buttons.tsx'
import { CardTable } from '../../../ui/card-table.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { focusHeadingAfterDialog } from '../../../ui/focus-heading.ts'
import { Section } from '../../../ui/page.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { linksQuery } from './links-query.ts'

/** Links that wait for the owner of a site; nothing where there are none. */
export function OpenLinks() {
	const { t } = useTranslation('list')
	const { data: links = [] } = useQuery(linksQuery(useWorkspace().id))
	if (links.length === 0) return null
	return (
		<Section title={t('openLinks.title')}>
			<CardTable
				caption={t('openLinks.title')}
				rows={links}
				keyOf={({ id }) => id}
				columns={[
					{ name: 'site', label: t('openLinks.site'), isPlain: true, render: (row) => <Site link={row} /> },
					{ name: 'by', label: t('openLinks.by'), render: (row) => row.createdBy },
					{ name: 'created', label: t('openLinks.created'), render: (row) => <RelativeTime at={row.createdAt} /> },
					{ name: 'expires', label: t('openLinks.expires'), render: (row) => <RelativeTime at={row.expiresAt} /> },
					{
						name: 'actions',
						label: t('openLinks.actions'),
						isPlain: true,
						render: (row) => <RevokeButton link={row} />,
					},
				]}
			/>
		</Section>
	)
}

function Site({ link: { host, connector } }: { readonly link: ConnectLinkDocument }) {
	const { t } = useTranslation('list')
	return connector ? t('openLinks.again', { host, name: connector.name }) : host
}

function RevokeButton({ link: { id: linkId, host } }: { readonly link: ConnectLinkDocument }) {
	const { t } = useTranslation('list')
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	const [isOpen, setIsOpen] = useState(false)
	const revoke = useMutation({
		mutationFn: () => askApi(contract.revokeConnectLink, { workspaceId, linkId }),
		onSuccess: async () => {
			setIsOpen(false)
			focusHeadingAfterDialog()
			announce(t('openLinks.revoked'))
			await queries.invalidateQueries({ queryKey: linksQuery(workspaceId).queryKey })
		},
	})
	return (
		<>
			<ActionButton size="compact-sm" aria-label={t('openLinks.revokeLabel', { host })} onClick={() => setIsOpen(true)}>
				{t('openLinks.revoke')}
			</ActionButton>
			<ConfirmDialog
				isOpen={isOpen}
				title={t('openLinks.revokeTitle', { host })}
				confirmLabel={t('openLinks.revoke')}
				isDangerous
				isBusy={revoke.isPending}
				problem={revoke.error?.problem}
				onConfirm={() => revoke.mutate()}
				onClose={() => setIsOpen(false)}
			>
				{t('openLinks.revokeBody')}
			</ConfirmDialog>
		</>
	)
}
