import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/buttons.tsx'
import { Icon } from '../../../ui/icons.tsx'
import type { TableSelection } from './connector-table.tsx'
import classes from './list.module.css'
import { isEveryLoaded, toggleLoaded } from './selection.ts'

type ListHeadProps = {
	readonly total: number
	readonly isFiltered: boolean
	readonly loaded: readonly string[]
	readonly selection: TableSelection | undefined
	readonly onKeys: () => void
}

/** Above the rows: how many there are, and what concerns them all. */
export function ListHead({ total, isFiltered, loaded, selection, onKeys }: ListHeadProps) {
	const { t } = useTranslation(['connectors', 'list'])
	const isEvery = selection !== undefined && isEveryLoaded(selection.selection, loaded)
	return (
		<div className={classes.countLine}>
			{selection && loaded.length > 0 && (
				<Checkbox
					checked={isEvery}
					indeterminate={selection.selection.ids.size > 0 && !isEvery}
					onChange={() => selection.onChange(toggleLoaded(selection.selection, loaded))}
					label={t('list:selectLoaded')}
				/>
			)}
			<p className={classes.count} role="status">
				{t(isFiltered ? 'countFound' : 'count', { count: total })}
			</p>
			<ActionButton size="sm" variant="subtle" leftSection={<Icon name="keyboard" />} onClick={onKeys}>
				{t('list:keys.open')}
			</ActionButton>
		</div>
	)
}
