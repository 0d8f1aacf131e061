import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi, type ProblemError } from '../../api/client.ts'
import { usePasskeyPlace } from '../../api/passkey-place.ts'
import { askPasskey, type DeviceRefused } from '../../api/web-authn.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { Icon } from '../../ui/icons.tsx'
import { PasskeyProblem } from '../../ui/passkey-problem.tsx'

/** Signs in without a name and a password, where the browser can; a note says where, if it is elsewhere. */
export function PasskeyButton({ onSignedIn }: { readonly onSignedIn: () => Promise<void> }) {
	const { t } = useTranslation('entrance')
	const place = usePasskeyPlace()
	const signIn = useMutation<void, ProblemError | DeviceRefused>({
		mutationFn: async () => {
			const answer = await askPasskey(await askApi(contract.startPasskeySignIn, {}))
			await askApi(contract.signInWithPasskey, { body: answer })
			await onSignedIn()
		},
	})
	if (place.state === 'elsewhere')
		return (
			<p>
				<a href={`${place.origin}/sign-in`}>{t('signIn.passkeyElsewhere', { host: new URL(place.origin).host })}</a>
			</p>
		)
	if (place.state !== 'here') return null
	return (
		<>
			<ActionButton
				fullWidth
				leftSection={<Icon name="key" size={16} />}
				isBusy={signIn.isPending}
				onClick={() => signIn.mutate()}
			>
				{t('signIn.passkey')}
			</ActionButton>
			{signIn.error && <PasskeyProblem error={signIn.error} />}
		</>
	)
}
