import type { ConnectorDocument } from '@postern/api/contract'
import { getRouteApi } from '@tanstack/react-router'
import { useRef, useState, type ReactNode } from 'react'
import { focusHeading } from '../../../ui/focus-heading.ts'
import { DeleteDialog } from '../delete-dialog.tsx'
import { RenameDialog } from '../rename-dialog.tsx'
import type { OpenDialog } from './row-menu.tsx'
import { TagsDialog } from './tags-dialog.tsx'

const route = getRouteApi('/shell/connectors')

/** The dialogs of the rows. The connector stays known while its dialog closes. */
export function useListDialogs(): { readonly open: OpenDialog; readonly dialogs: ReactNode } {
	const [connector, setConnector] = useState<ConnectorDocument>()
	const [kind, setKind] = useState<Parameters<OpenDialog>[0]>()
	const navigate = route.useNavigate()
	// A dialog that is made only now has not seen where the focus was before it opened.
	const opener = useRef<Element>(null)
	const close = () => {
		setKind(undefined)
		if (opener.current instanceof HTMLElement) opener.current.focus()
	}
	return {
		open: (wanted, about) => {
			opener.current = document.activeElement
			setConnector(about)
			setKind(wanted)
		},
		dialogs: connector && (
			<>
				<RenameDialog isOpen={kind === 'rename'} connector={connector} onClose={close} />
				<TagsDialog key={`tags of ${connector.id}`} isOpen={kind === 'tags'} connector={connector} onClose={close} />
				<DeleteDialog
					key={connector.id}
					isOpen={kind === 'delete'}
					connector={connector}
					onClose={close}
					onDeleted={() => {
						close()
						focusHeading()
						void navigate({ search: ({ new: _new, ...others }) => others, replace: true, resetScroll: false })
					}}
				/>
			</>
		),
	}
}
