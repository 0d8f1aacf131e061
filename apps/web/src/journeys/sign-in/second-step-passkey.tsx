import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi, type ProblemError } from '../../api/client.ts'
import { askPasskey, type DeviceRefused } from '../../api/web-authn.ts'
import { PrimaryButton } from '../../ui/buttons.tsx'
import { Icon } from '../../ui/icons.tsx'
import { PasskeyProblem } from '../../ui/passkey-problem.tsx'

export function SecondStepPasskey({ onSignedIn }: { readonly onSignedIn: () => Promise<void> }) {
	const { t } = useTranslation('entrance')
	const prove = useMutation<void, ProblemError | DeviceRefused>({
		mutationFn: async () => {
			const answer = await askPasskey(await askApi(contract.startPasskeySecondFactor, {}))
			await askApi(contract.signInSecondFactorPasskey, { body: answer })
			await onSignedIn()
		},
	})
	return (
		<>
			<p>{t('signIn.passkeyIntro')}</p>
			{prove.error && <PasskeyProblem error={prove.error} />}
			<PrimaryButton
				fullWidth
				leftSection={<Icon name="key" size={16} />}
				isBusy={prove.isPending}
				onClick={() => prove.mutate()}
			>
				{t('signIn.usePasskey')}
			</PrimaryButton>
		</>
	)
}
