import { Modal, TextInput } from '@mantine/core'
import { contract, type PasskeyDocument } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'
import { passkeyNameFields } from './passkey-name-fields.ts'

type RenamePasskeyProps = { readonly passkey: PasskeyDocument; readonly onChanged: () => void }

export function RenamePasskey({ passkey, onChanged }: RenamePasskeyProps) {
	const { t } = useTranslation(['account', 'shell'])
	const [isOpen, setIsOpen] = useState(false)
	const close = () => setIsOpen(false)
	return (
		<>
			<ActionButton
				size="compact-sm"
				aria-label={t('passkeys.renameLabel', { name: passkey.name })}
				onClick={() => setIsOpen(true)}
			>
				{t('passkeys.rename')}
			</ActionButton>
			<Modal
				opened={isOpen}
				onClose={close}
				title={t('passkeys.renameTitle')}
				closeButtonProps={{ 'aria-label': t('shell:close') }}
				centered
			>
				<RenameForm passkey={passkey} onChanged={onChanged} onClose={close} />
			</Modal>
		</>
	)
}

/** Made anew each time the dialog opens, so that it starts with the name as it is. */
function RenameForm({ passkey, onChanged, onClose }: RenamePasskeyProps & { readonly onClose: () => void }) {
	const { t } = useTranslation(['account', 'shell'])
	const rename = useMutation({
		mutationFn: (name: string) => askApi(contract.renamePasskey, { passkeyId: passkey.id, body: { name } }),
		onSuccess: () => {
			onClose()
			announce(t('passkeys.renamed'))
			onChanged()
		},
	})
	const state = useState({ name: passkey.name })
	const fields = useFields({ state, problem: rename.error?.problem, byCode: passkeyNameFields })
	return (
		<Form onSubmit={() => fields.isComplete('name') && rename.mutate(fields.values.name)}>
			<TextInput label={t('passkeys.name')} autoComplete="off" data-autofocus {...fields.bind('name')} />
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onClose}>{t('shell:cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={rename.isPending}>
					{t('passkeys.rename')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}
