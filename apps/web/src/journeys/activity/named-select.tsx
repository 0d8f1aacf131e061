import { Select } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'

const ANY = ''
const WAIT_MS = 250

export type Named = { readonly id: string; readonly name: string }

export type NamedSelectProps = {
	readonly label: string
	readonly anyLabel: string
	readonly chosen: Named | undefined
	/** What fits the search. */
	readonly found: readonly Named[]
	/** Asks for what fits a text, a moment after the last key. */
	readonly onSearch: (text: string) => void
	readonly onChoose: (id: string | undefined) => void
}

/** One of many things by its name, or any of them. */
export function NamedSelect({ label, anyLabel, chosen, found, onSearch, onChoose }: NamedSelectProps) {
	const { t } = useTranslation('activity')
	const others = found.filter(({ id }) => id !== chosen?.id)
	const options = [...(chosen ? [chosen] : []), ...others].map(({ id, name }) => ({ value: id, label: name }))
	const askSoon = useDebouncedCallback((text: string) => {
		// The name of what is chosen stands in the field, too.
		const isName = text === anyLabel || text === chosen?.name
		onSearch(isName ? '' : text.trim())
	}, WAIT_MS)
	return (
		<Select
			label={label}
			data={[{ value: ANY, label: anyLabel }, ...options]}
			value={chosen?.id ?? ANY}
			searchable
			allowDeselect={false}
			nothingFoundMessage={t('filters.nothingFound')}
			onSearchChange={askSoon}
			onChange={(id) => onChoose(id === null || id === ANY ? undefined : id)}
		/>
	)
}
