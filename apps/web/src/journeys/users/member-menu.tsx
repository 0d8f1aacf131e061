import { ActionIcon, Menu } from '@mantine/core'
import type { MemberDocument } from '@postern/api/contract'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { Icon } from '../../ui/icons.tsx'
import { mayManage } from './may.ts'
import { RecoveryDialog } from './recovery-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

/** What may be done with a member, and to whom it may be done. */
export function MemberMenu({ member }: { readonly member: MemberDocument }) {
	const { t } = useTranslation('users')
	const workspace = useWorkspace()
	const [dialog, setDialog] = useState<'recovery' | 'remove'>()
	const button = useRef<HTMLButtonElement>(null)
	const close = () => setDialog(undefined)
	const open = (next: 'recovery' | 'remove') => {
		// The menu item is gone when the dialog closes: the focus shall return to the button.
		button.current?.focus()
		setDialog(next)
	}
	if (!mayManage(workspace.role, member)) return null
	// A machine has no sign-in to get back.
	const mayRecover = member.kind === 'person' && workspace.role === 'owner' && member.id !== workspace.memberId
	return (
		<>
			<Menu position="bottom-end" width={240}>
				<Menu.Target>
					<ActionIcon ref={button} variant="subtle" size="lg" aria-label={t('menu', { name: member.username })}>
						<Icon name="dots" />
					</ActionIcon>
				</Menu.Target>
				<Menu.Dropdown>
					{mayRecover && (
						<Menu.Item leftSection={<Icon name="key" size={16} />} onClick={() => open('recovery')}>
							{t('recovery.action')}
						</Menu.Item>
					)}
					<Menu.Item leftSection={<Icon name="trash" size={16} />} onClick={() => open('remove')}>
						{t('remove.action')}
					</Menu.Item>
				</Menu.Dropdown>
			</Menu>
			<RecoveryDialog member={member} isOpen={dialog === 'recovery'} onClose={close} />
			<RemoveDialog member={member} isOpen={dialog === 'remove'} onClose={close} />
		</>
	)
}
