import { CloseButton, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { connectorStates, type ConnectorState } from '@postern/vocabulary'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/icons.tsx'
import type { ListFilter } from '../connector-queries.ts'
import classes from './list.module.css'

const ANY = ''
const WAIT_MS = 250

export function ListFilters(props: { readonly filter: ListFilter; readonly onChange: (filter: ListFilter) => void }) {
	const { t } = useTranslation(['connectors', 'shell'])
	const { filter, onChange } = props
	const states = connectorStates.map((state) => ({ value: state, label: t(`shell:states.${state}`) }))
	return (
		<search aria-label={t('filters')} className={classes.filters}>
			<SearchField text={filter.search} onChange={(search) => onChange({ ...filter, search })} />
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

/** Asks the server a moment after the last key, not at every key. */
function SearchField({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
	const { t } = useTranslation('connectors')
	const [typed, setTyped] = useState(text)
	const asked = useRef(text)
	const ask = (next: string) => {
		asked.current = next
		onChange(next)
	}
	const askSoon = useDebouncedCallback(ask, WAIT_MS)
	useEffect(() => {
		// The address changed by other means: back, forward, "show all".
		if (text !== asked.current) setTyped(text)
		asked.current = text
	}, [text])
	const change = (next: string) => {
		setTyped(next)
		askSoon(next.trim())
	}
	const clear = () => {
		setTyped('')
		ask('')
	}
	return (
		<TextInput
			type="text"
			inputMode="search"
			enterKeyHint="search"
			aria-label={t('search')}
			placeholder={t('search')}
			autoComplete="off"
			spellCheck={false}
			leftSection={<Icon name="search" />}
			rightSection={typed === '' ? null : <CloseButton size="sm" aria-label={t('clearSearch')} onClick={clear} />}
			value={typed}
			onChange={(event) => change(event.currentTarget.value)}
			className={classes.search ?? ''}
		/>
	)
}
