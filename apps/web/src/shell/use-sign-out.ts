import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { askApi } from '../api/client.ts'
import { farewell } from '../api/session.ts'
import { announceProblem } from '../ui/announce-problem.ts'
import { announce } from '../ui/announcer.tsx'

/** Ends the session, then leaves; a failure is said, because then the person is still signed in. */
export function useSignOut() {
	const { t } = useTranslation('shell')
	const navigate = useNavigate()
	return useMutation({
		mutationFn: () => askApi(contract.signOut, {}),
		onSuccess: async () => {
			await navigate({ to: '/sign-in' })
			farewell()
			announce(t('signedOut'))
		},
		onError: announceProblem,
	})
}
