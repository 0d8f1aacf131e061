import { Select } from '@mantine/core'
import type { ActivityEntry } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { inventoryQuery, passwordsQuery } from '../application-passwords/passwords-queries.ts'
import { connectorQuery, connectorsQuery } from '../connectors/connector-queries.ts'
import { choose, decisions, kinds, type ActivityFilter } from './activity-filter.ts'
import classes from './activity.module.css'
import { NamedSelect, type Named } from './named-select.tsx'

export type ActivityFiltersProps = {
	readonly filter: ActivityFilter
	/** What is listed now: it knows names of what is gone. */
	readonly entries: readonly ActivityEntry[]
	readonly onChange: (filter: ActivityFilter) => void
}

const ALL = 'all' as const

export function ActivityFilters({ filter, entries, onChange }: ActivityFiltersProps) {
	const { t } = useTranslation('activity')
	const change = (chosen: ActivityFilter) => onChange(choose(filter, chosen))
	return (
		<search aria-label={t('filters.label')} className={classes.filters}>
			<Select
				label={t('filters.kind')}
				data={[ALL, ...kinds].map((value) => ({ value, label: t(`filters.kinds.${value}`) }))}
				value={filter.kind ?? ALL}
				allowDeselect={false}
				onChange={(value) => change({ kind: kinds.find((kind) => kind === value) })}
			/>
			<Select
				label={t('filters.decision')}
				data={[ALL, ...decisions].map((value) => ({ value, label: t(`filters.decisions.${value}`) }))}
				value={filter.decision ?? ALL}
				allowDeselect={false}
				onChange={(value) => change({ decision: decisions.find((decision) => decision === value) })}
			/>
			<ConnectorFilter id={filter.connector} entries={entries} onChoose={(connector) => change({ connector })} />
			<PasswordFilter id={filter.password} entries={entries} onChoose={(password) => change({ password })} />
		</search>
	)
}

type ByIdProps = {
	readonly id: string | undefined
	readonly entries: readonly ActivityEntry[]
	readonly onChoose: (id: string | undefined) => void
}

function ConnectorFilter({ id, entries, onChoose }: ByIdProps) {
	const { t } = useTranslation('activity')
	const { id: workspaceId } = useWorkspace()
	const [search, setSearch] = useState('')
	const list = useInfiniteQuery({
		...connectorsQuery(workspaceId, { search, state: undefined }),
		placeholderData: keepPreviousData,
	})
	const one = useQuery({ ...connectorQuery(workspaceId, id ?? ''), enabled: id !== undefined })
	const listed = entries.find(({ access }) => access?.connector?.id === id)?.access?.connector
	return (
		<NamedSelect
			label={t('filters.connector')}
			anyLabel={t('filters.anyConnector')}
			chosen={named(id, one.data?.name ?? listed?.name, one.isPending ? '…' : t('filters.goneConnector'))}
			found={list.data?.pages.flatMap((page) => page.connectors) ?? []}
			onSearch={setSearch}
			onChoose={onChoose}
		/>
	)
}

function PasswordFilter({ id, entries, onChoose }: ByIdProps) {
	const { t } = useTranslation('activity')
	const [search, setSearch] = useState('')
	const { found, isPending } = usePasswords(search)
	const name = found.find((password) => password.id === id)?.name
	const listed = entries.find(({ access }) => access?.password?.uuid === id)?.access?.password
	return (
		<NamedSelect
			label={t('filters.password')}
			anyLabel={t('filters.anyPassword')}
			chosen={named(id, name ?? listed?.name, isPending ? '…' : t('filters.gonePassword'))}
			found={found}
			onSearch={setSearch}
			onChoose={onChoose}
		/>
	)
}

/** Owners see everybody's, others their own. */
function usePasswords(search: string): { readonly found: readonly Named[]; readonly isPending: boolean } {
	const { id, memberId, role } = useWorkspace()
	const isOwner = hasRole(role, 'owner')
	const all = useInfiniteQuery({
		...inventoryQuery(id, search),
		placeholderData: keepPreviousData,
		enabled: isOwner,
	})
	const own = useQuery({ ...passwordsQuery(id, memberId), enabled: !isOwner })
	const list = isOwner
		? (all.data?.pages.flatMap((page) => page.entries.map((entry) => entry.applicationPassword)) ?? [])
		: (own.data ?? [])
	const fitting = isOwner ? list : list.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
	return {
		found: fitting.map(({ uuid, name }) => ({ id: uuid, name })),
		isPending: isOwner ? all.isPending : own.isPending,
	}
}

function named(id: string | undefined, name: string | undefined, otherwise: string): Named | undefined {
	return id === undefined ? undefined : { id, name: name ?? otherwise }
}
