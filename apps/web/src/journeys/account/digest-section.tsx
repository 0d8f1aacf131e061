import { Switch } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { announceProblem } from '../../ui/announce-problem.ts'
import { announce } from '../../ui/announcer.tsx'
import { Section } from '../../ui/page.tsx'

const digestQuery = queryOptions({
	queryKey: ['me', 'digest'],
	queryFn: ({ signal }) => askApi(contract.getDigest, {}, signal),
})

/** The daily e-mail; nothing where this Postern sends none. */
export function DigestSection() {
	const { t } = useTranslation('account')
	const queries = useQueryClient()
	const { data: digest } = useQuery(digestQuery)
	const change = useMutation({
		mutationFn: (isOn: boolean) => askApi(contract.setDigest, { body: { isOn } }),
		onSuccess: async (_, isOn) => {
			queries.setQueryData(digestQuery.queryKey, { isAvailable: true, isOn })
			announce(t(isOn ? 'digest.on' : 'digest.off'))
			await queries.invalidateQueries({ queryKey: digestQuery.queryKey })
		},
		onError: announceProblem,
	})
	if (!digest?.isAvailable) return null
	return (
		<Section title={t('digest.title')}>
			<Switch
				label={t('digest.label')}
				description={t('digest.hint')}
				checked={change.isPending ? change.variables : digest.isOn}
				onChange={({ currentTarget }) => change.mutate(currentTarget.checked)}
			/>
		</Section>
	)
}
