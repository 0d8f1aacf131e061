import { contract, type PasskeyDocument } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { withStepUp } from '../../api/step-up.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { focusHeadingAfterDialog } from '../../ui/focus-heading.ts'

type RemovePasskeyProps = {
	readonly passkey: PasskeyDocument
	readonly isLast: boolean
	readonly onChanged: () => void
}

export function RemovePasskey({ passkey, isLast, onChanged }: RemovePasskeyProps) {
	const { t } = useTranslation('account')
	const { account } = useMe()
	const [isOpen, setIsOpen] = useState(false)
	const { name } = passkey
	const remove = useMutation({
		mutationFn: () => withStepUp(() => askApi(contract.removePasskey, { passkeyId: passkey.id })),
		onSuccess: () => {
			setIsOpen(false)
			focusHeadingAfterDialog() // the button goes with its row
			announce(t('passkeys.removed', { name }))
			onChanged()
		},
	})
	const close = () => {
		setIsOpen(false)
		remove.reset()
	}
	return (
		<>
			<ActionButton size="compact-sm" aria-label={t('passkeys.removeLabel', { name })} onClick={() => setIsOpen(true)}>
				{t('passkeys.remove')}
			</ActionButton>
			<ConfirmDialog
				isOpen={isOpen}
				title={t('passkeys.removeTitle', { name })}
				confirmLabel={t('passkeys.remove')}
				isDangerous
				isBusy={remove.isPending}
				problem={remove.error?.problem}
				onConfirm={() => remove.mutate()}
				onClose={close}
			>
				<p>{t('passkeys.removeBody')}</p>
				{isLast && !account.hasAuthenticatorApp && <p>{t('passkeys.removeLast')}</p>}
			</ConfirmDialog>
		</>
	)
}
