import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { withStepUp } from '../../api/step-up.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { SecretField } from '../../ui/secret-field.tsx'
import { useFields } from '../../ui/use-fields.ts'
import type { Seed } from './scan-step.tsx'

const byCode = { 'account/credentials-wrong': 'password' } as const

type Steps<T> = { readonly onDone: (result: T) => void; readonly onCancel: () => void }

/** Asks for the password before there is a second factor to ask for. */
export function AskSeed({ onDone, onCancel }: Steps<Seed>) {
	const { t } = useTranslation('account')
	const { t: shell } = useTranslation('shell')
	const start = useMutation({
		mutationFn: (password: string) => withStepUp(() => askApi(contract.startTwoFactor, { body: { password } })),
		onSuccess: onDone,
	})
	const fields = useFields({
		state: useState({ password: '' }),
		problem: start.error?.problem,
		byCode,
		sentences: { 'account/credentials-wrong': t('wrongPassword') },
	})
	return (
		<Form onSubmit={() => fields.isComplete('password') && start.mutate(fields.values.password)}>
			<p>{t('twoFactor.passwordFor.start')}</p>
			<SecretField label={t('twoFactor.password')} autoComplete="current-password" {...fields.bind('password')} />
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onCancel}>{shell('cancel')}</ActionButton>
				<ActionButton type="submit" isBusy={start.isPending}>
					{t('twoFactor.continue')}
				</ActionButton>
			</DialogButtons>
		</Form>
	)
}

export function NewCodesButton({ onDone }: { readonly onDone: (codes: readonly string[]) => void }) {
	const { t } = useTranslation('account')
	const [isOpen, setIsOpen] = useState(false)
	const renew = useMutation({
		mutationFn: () => withStepUp(() => askApi(contract.replaceRecoveryCodes, {})),
		onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
	})
	const close = () => {
		setIsOpen(false)
		renew.reset()
	}
	return (
		<>
			<ActionButton onClick={() => setIsOpen(true)}>{t('twoFactor.newCodes')}</ActionButton>
			<ConfirmDialog
				isOpen={isOpen}
				title={t('twoFactor.newCodesTitle')}
				confirmLabel={t('twoFactor.newCodes')}
				isBusy={renew.isPending}
				problem={renew.error?.problem}
				onConfirm={() => renew.mutate()}
				onClose={close}
			>
				{t('twoFactor.newCodesBody')}
			</ConfirmDialog>
		</>
	)
}

type StopButtonProps = { readonly hasPasskeyToo: boolean; readonly onDone: () => void }

/** With a passkey, two-factor stays on without the app. */
export function StopButton({ hasPasskeyToo, onDone }: StopButtonProps) {
	const { t } = useTranslation('account')
	const [isOpen, setIsOpen] = useState(false)
	const stop = useMutation({
		mutationFn: () => withStepUp(() => askApi(contract.stopTwoFactor, {})),
		onSuccess: onDone,
	})
	const label = t(hasPasskeyToo ? 'twoFactor.removeApp' : 'twoFactor.stop')
	const close = () => {
		setIsOpen(false)
		stop.reset()
	}
	return (
		<>
			<ActionButton onClick={() => setIsOpen(true)}>{label}</ActionButton>
			<ConfirmDialog
				isOpen={isOpen}
				title={t(hasPasskeyToo ? 'twoFactor.removeAppTitle' : 'twoFactor.stopTitle')}
				confirmLabel={label}
				isDangerous
				isBusy={stop.isPending}
				problem={stop.error?.problem}
				onConfirm={() => stop.mutate()}
				onClose={close}
			>
				{t(hasPasskeyToo ? 'twoFactor.removeAppBody' : 'twoFactor.stopBody')}
			</ConfirmDialog>
		</>
	)
}
