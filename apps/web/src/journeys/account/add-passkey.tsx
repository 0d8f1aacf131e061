import { TextInput } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi, ProblemError } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { withStepUp } from '../../api/step-up.ts'
import { makePasskey, type DeviceRefused } from '../../api/web-authn.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { PasskeyProblem } from '../../ui/passkey-problem.tsx'
import { useFields } from '../../ui/use-fields.ts'
import { KeepOrRevoke } from '../application-passwords/keep-or-revoke.tsx'
import { passkeyNameFields } from './passkey-name-fields.ts'
import { useDeviceName } from './use-device-name.ts'

export type AddPasskeyProps = {
	readonly onDone: (name: string, recoveryCodes: readonly string[] | null) => void
	readonly onCancel: () => void
}

export function AddPasskey({ onDone, onCancel }: AddPasskeyProps) {
	const { t } = useTranslation(['account', 'shell'])
	const { account } = useMe()
	const queries = useQueryClient()
	const device = useDeviceName()
	const [isRevoking, setIsRevoking] = useState(false)
	const add = useMutation<void, ProblemError | DeviceRefused, string>({
		mutationFn: async (name) => {
			const creation = await withStepUp(() => askApi(contract.startPasskey, {}))
			const answer = await makePasskey(creation)
			const { passkey, recoveryCodes } = await askApi(contract.addPasskey, {
				body: { name, answer, revokeApplicationPasswords: isRevoking },
			})
			if (isRevoking) void queries.invalidateQueries({ queryKey: ['workspace'] })
			onDone(passkey.name, recoveryCodes)
		},
	})
	const problem = add.error instanceof ProblemError ? add.error.problem : undefined
	const state = useState({ name: device(navigator.userAgent) })
	const fields = useFields({ state, problem, byCode: passkeyNameFields })
	const isAboutName = problem !== undefined && fields.general === undefined
	return (
		<Form onSubmit={() => fields.isComplete('name') && add.mutate(fields.values.name)}>
			<p>{t('passkeys.addIntro')}</p>
			<TextInput
				label={t('passkeys.name')}
				description={t('passkeys.nameHint')}
				autoComplete="off"
				{...fields.bind('name')}
			/>
			{!account.hasSecondFactor && <KeepOrRevoke isRevoking={isRevoking} onChange={setIsRevoking} />}
			{add.error && !isAboutName && <PasskeyProblem error={add.error} />}
			<DialogButtons>
				<ActionButton onClick={onCancel}>{t('shell:cancel')}</ActionButton>
				<ActionButton type="submit" isBusy={add.isPending}>
					{t('passkeys.make')}
				</ActionButton>
			</DialogButtons>
		</Form>
	)
}
