import { Select } from '@mantine/core'
import { connectorStates, type ConnectorState } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { SearchField } from '../../../ui/search-field.tsx'
import type { ListFilter } from '../connector-queries.ts'
import classes from './list.module.css'

const ANY = ''

export function ListFilters(props: { readonly filter: ListFilter; readonly onChange: (filter: ListFilter) => void }) {
	const { t } = useTranslation(['connectors', 'shell'])
	const { filter, onChange } = props
	const states = connectorStates.map((state) => ({ value: state, label: t(`shell:states.${state}`) }))
	return (
		<search aria-label={t('filters')} className={classes.filters}>
			<SearchField
				label={t('search')}
				clearLabel={t('clearSearch')}
				text={filter.search}
				onChange={(search) => onChange({ ...filter, search })}
				className={classes.search ?? ''}
			/>
			<Select
				aria-label={t('state')}
				data={[{ value: ANY, label: t('anyState') }, ...states]}
				value={filter.state ?? ANY}
				allowDeselect={false}
				onChange={(state) => onChange({ ...filter, state: stateOf(state) })}
				className={classes.stateFilter ?? ''}
			/>
		</search>
	)
}

function stateOf(value: string | null): ConnectorState | undefined {
	return connectorStates.find((state) => state === value)
}
