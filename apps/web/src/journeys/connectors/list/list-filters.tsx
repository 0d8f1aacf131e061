import { Select } from '@mantine/core'
import { connectorStates } from '@postern/vocabulary'
import { useQuery } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { SearchField } from '../../../ui/search-field.tsx'
import { connectorTypesQuery, listChoicesQuery, type ListFilter } from '../connector-queries.ts'
import classes from './list.module.css'
import { sortChoices } from './sort-choices.ts'

const ANY = ''

type ListFiltersProps = {
	readonly filter: ListFilter
	readonly onChange: (filter: ListFilter) => void
	readonly searchRef: Ref<HTMLDivElement>
}

/** Offers only what tells connectors apart; what the address asks for is always shown. */
export function ListFilters({ filter, onChange, searchRef }: ListFiltersProps) {
	const { t } = useTranslation(['connectors', 'list', 'shell'])
	const { id: workspaceId } = useWorkspace()
	const { data: { tags, owners } = { tags: [], owners: [] } } = useQuery(listChoicesQuery(workspaceId))
	const { data: types = [] } = useQuery(connectorTypesQuery)
	const states = connectorStates.map((state) => ({ value: state, label: t(`shell:states.${state}`) }))
	const typeChoices = types.map(({ id, name }) => ({ value: id, label: name }))
	const tagChoices = tags.map(({ tag, count }) => ({ value: tag, label: t('list:filters.tagCount', { tag, count }) }))
	const ownerChoices = owners.map(({ id, name }) => ({ value: id, label: name ?? t('list:filters.formerOwner') }))
	return (
		<search aria-label={t('filters')} className={classes.filters} ref={searchRef}>
			<SearchField
				label={t('search')}
				clearLabel={t('clearSearch')}
				text={filter.search}
				onChange={(search) => onChange({ ...filter, search })}
				className={classes.search ?? ''}
			/>
			<Choice
				label={t('state')}
				anyLabel={t('anyState')}
				choices={states}
				value={filter.state}
				onChange={(state) => onChange({ ...filter, state: connectorStates.find((known) => known === state) })}
			/>
			{(typeChoices.length > 1 || filter.type !== undefined) && (
				<Choice
					label={t('list:filters.type')}
					anyLabel={t('list:filters.anyType')}
					choices={typeChoices}
					value={filter.type}
					onChange={(type) => onChange({ ...filter, type })}
				/>
			)}
			{(tagChoices.length > 0 || filter.tag !== undefined) && (
				<Choice
					label={t('list:filters.tag')}
					anyLabel={t('list:filters.anyTag')}
					choices={tagChoices}
					value={filter.tag && (tags.find(({ tag }) => isSameTag(tag, filter.tag))?.tag ?? filter.tag)}
					onChange={(tag) => onChange({ ...filter, tag })}
				/>
			)}
			{(ownerChoices.length > 1 || filter.owner !== undefined) && (
				<Choice
					label={t('list:filters.owner')}
					anyLabel={t('list:filters.anyOwner')}
					choices={ownerChoices}
					value={filter.owner}
					onChange={(owner) => onChange({ ...filter, owner })}
				/>
			)}
			<Select
				aria-label={t('list:filters.sort')}
				data={sortChoices.map((sort) => ({ value: sort, label: t(`list:sorts.${sort}`) }))}
				value={filter.sort ?? 'name'}
				allowDeselect={false}
				onChange={(sort) => onChange({ ...filter, sort: sortChoices.find((known) => known === sort) })}
				className={classes.choice ?? ''}
			/>
		</search>
	)
}

type ChoiceProps = {
	readonly label: string
	readonly anyLabel: string
	readonly choices: readonly { readonly value: string; readonly label: string }[]
	readonly value: string | undefined
	readonly onChange: (value: string | undefined) => void
}

function Choice({ label, anyLabel, choices, value = ANY, onChange }: ChoiceProps) {
	const isKnown = value === ANY || choices.some((choice) => choice.value === value)
	const unknown = isKnown ? [] : [{ value, label: value }]
	return (
		<Select
			aria-label={label}
			data={[{ value: ANY, label: anyLabel }, ...choices, ...unknown]}
			value={value}
			allowDeselect={false}
			searchable={choices.length > 12}
			onChange={(chosen) => onChange(chosen === null || chosen === ANY ? undefined : chosen)}
			className={classes.choice ?? ''}
		/>
	)
}

function isSameTag(one: string, other: string | undefined): boolean {
	return one.normalize('NFKC').toLowerCase() === other?.normalize('NFKC').toLowerCase()
}
