import { Checkbox, Radio, Stack } from '@mantine/core'
import type { ConnectorDocument } from '@postern/api/contract'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { ActionButton } from '../../../ui/buttons.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { shortAddress } from '../../../ui/short-address.ts'
import { connectorQuery, connectorsQuery } from '../../connectors/connector-queries.ts'
import classes from './add.module.css'
import type { ChoiceProps } from './choice-props.ts'

type ConnectorChoiceProps = Pick<ChoiceProps, 'draft' | 'onChange' | 'missing'>

/** On which sites: all, or some of them. */
export function ConnectorChoice(props: ConnectorChoiceProps) {
	const { t } = useTranslation('passwords')
	const { draft, onChange } = props
	const choose = (value: string) => onChange({ ...draft, connectors: value === 'some' ? 'some' : 'all' })
	return (
		<div data-part="connectors">
			<Radio.Group label={t('connectors.label')} value={draft.connectors} onChange={choose}>
				<Stack gap="xs" mt={6}>
					<Radio value="all" label={t('connectors.all')} />
					<Radio value="some" label={t('connectors.some')} />
				</Stack>
			</Radio.Group>
			{draft.connectors === 'some' && <SomeConnectors {...props} />}
		</div>
	)
}

/** More than these want a search. */
const FEW = 8

function SomeConnectors({ draft, onChange, missing }: ConnectorChoiceProps) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	const { id } = useWorkspace()
	const queries = useQueryClient()
	const [search, setSearch] = useState('')
	const found = useInfiniteQuery(connectorsQuery(id, { search, state: undefined }))
	const list = found.data?.pages.flatMap((page) => page.connectors) ?? []
	const total = found.data?.pages[0]?.total ?? 0
	const toggle = (connector: ConnectorDocument, isOn: boolean) => {
		// What it offers is asked for next, and known already.
		queries.setQueryData(connectorQuery(id, connector.id).queryKey, connector)
		const others = draft.connectorIds.filter((other) => other !== connector.id)
		onChange({ ...draft, connectorIds: isOn ? [...others, connector.id] : others })
	}
	return (
		<div role="group" aria-label={t('connectors.choose')} className={classes.some}>
			{missing === 'connectors' && (
				<p role="alert" className={classes.missing}>
					{t('connectors.missing')}
				</p>
			)}
			{(total > FEW || search !== '') && (
				<SearchField
					label={t('connectors.placeholder')}
					clearLabel={t('inventory.clearSearch')}
					text={search}
					onChange={setSearch}
				/>
			)}
			{found.isPending && <Loading />}
			{found.error && <ProblemCard problem={found.error.problem} onTryAgain={() => void found.refetch()} />}
			{found.data && list.length === 0 && (
				<p className={classes.hint}>{t(search === '' ? 'connectors.noneYet' : 'connectors.nothingFound')}</p>
			)}
			<Stack gap={6}>
				{list.map((connector) => (
					<Checkbox
						key={connector.id}
						size="sm"
						label={connector.name}
						description={shortAddress(connector.site)}
						checked={draft.connectorIds.includes(connector.id)}
						onChange={(event) => toggle(connector, event.currentTarget.checked)}
					/>
				))}
			</Stack>
			{found.hasNextPage && (
				<ActionButton size="compact-sm" isBusy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
					{shell('olderEntries')}
				</ActionButton>
			)}
			{draft.connectorIds.length > 0 && (
				<p className={classes.hint}>{t('connectors.chosen', { count: draft.connectorIds.length })}</p>
			)}
		</div>
	)
}
