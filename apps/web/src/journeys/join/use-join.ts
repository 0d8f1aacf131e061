import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { dropToken } from '../../api/one-time-token.ts'
import { chooseWorkspace, welcome } from '../../api/session.ts'
import { announce } from '../../ui/announcer.tsx'

type NewAccount = { readonly email: string; readonly username: string; readonly password: string }

/** Accepts the invitation and goes into the workspace: with a new account, or as who is signed in. */
export function useJoin(token: string, workspaceName: string) {
	const { t } = useTranslation('entrance')
	const navigate = useNavigate()
	return useMutation({
		mutationFn: (account: NewAccount | undefined) =>
			askApi(contract.acceptInvitation, { body: account ? { token, account } : { token } }),
		onSuccess: async (me) => {
			dropToken(token)
			welcome(me)
			// The newest comes last; an older one may bear the same name.
			const joined = me.memberships.findLast(({ workspace }) => workspace.name === workspaceName)
			if (joined) chooseWorkspace(joined.workspace.id)
			await navigate({ to: '/', replace: true })
			announce(t('join.done', { workspace: workspaceName }))
		},
	})
}
