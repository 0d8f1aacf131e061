import type { ConnectorDocument } from '@postern/api/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/buttons.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { AskOwnerDialog } from './ask-owner-dialog.tsx'

/** Asks the owner of a site to connect it, or to reconnect this one. */
export function AskOwnerButton({ connector }: { readonly connector?: ConnectorDocument }) {
	const { t } = useTranslation('list')
	const [isOpen, setIsOpen] = useState(false)
	return (
		<>
			<ActionButton leftSection={<Icon name="invite" />} onClick={() => setIsOpen(true)}>
				{t(connector ? 'askOwner.actionAgain' : 'askOwner.action')}
			</ActionButton>
			<AskOwnerDialog {...(connector ? { connector } : {})} isOpen={isOpen} onClose={() => setIsOpen(false)} />
		</>
	)
}
