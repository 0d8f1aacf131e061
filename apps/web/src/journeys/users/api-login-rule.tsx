import { Radio, Stack } from '@mantine/core'
import { contract, type ProfileDocument } from '@postern/api/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { withStepUp } from '../../api/step-up.ts'
import { announce } from '../../ui/announcer.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { profileQuery } from '../profile/profile-query.ts'

const rules = ['each-decides', 'allowed', 'refused'] as const
type Rule = ProfileDocument['apiLoginRule']

/** For owners: `two_factor_user_api_login_enable` for all members at once. */
export function ApiLoginRule() {
	const { t } = useTranslation('users')
	const { id, memberId } = useWorkspace()
	const own = useQuery(profileQuery(id, memberId))
	return (
		<Section id="api-login" title={t('apiLogin.title')} description={t('apiLogin.body')}>
			{own.isPending && <Loading />}
			{own.error && !own.data && <ProblemCard problem={own.error.problem} onTryAgain={() => void own.refetch()} />}
			{own.data && <RuleChoice rule={own.data.apiLoginRule} />}
		</Section>
	)
}

function RuleChoice({ rule }: { readonly rule: Rule }) {
	const { t } = useTranslation('users')
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	const change = useMutation({
		mutationFn: (next: Rule) =>
			withStepUp(() => askApi(contract.setApiLoginRule, { workspaceId, body: { rule: next } })),
		onSuccess: async (_, next) => {
			await queries.invalidateQueries({ queryKey: ['workspace', workspaceId, 'profiles'] })
			announce(t('apiLogin.done', { rule: t(`apiLogin.${next}`) }))
		},
	})
	const choose = (text: string) => {
		const next = rules.find((name) => name === text)
		if (next && next !== rule && !change.isPending) change.mutate(next)
	}
	return (
		<>
			<Radio.Group label={t('apiLogin.label')} value={change.isPending ? change.variables : rule} onChange={choose}>
				<Stack gap="xs" mt={6}>
					{rules.map((name) => (
						<Radio key={name} value={name} label={t(`apiLogin.${name}`)} description={t(`apiLogin.${name}Means`)} />
					))}
				</Stack>
			</Radio.Group>
			{change.error && <ProblemCard problem={change.error.problem} />}
		</>
	)
}
