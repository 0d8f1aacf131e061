import { useMediaQuery } from '@mantine/hooks'
import type { ConnectorDocument } from '@postern/api/contract'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { ConnectorRow } from './connector-row.tsx'
import { useListDialogs } from './list-dialogs.tsx'
import classes from './list.module.css'
import { isSelected, toggle, toggleRange, type Selection } from './selection.ts'
import { useListKeys } from './use-list-keys.ts'

const ROW_PX = 65
const CARD_PX = 178
const CARD_GAP_PX = 12
const columns = ['name', 'account', 'state', 'checked', 'owner', 'actions'] as const

export type ConnectorTableProps = {
	readonly connectors: readonly ConnectorDocument[]
	/** How many there are altogether, also those that are not loaded. */
	readonly total: number
	readonly highlighted: string | undefined
	readonly onNearEnd: () => void
	/** Undefined for who can do nothing with it. */
	readonly selection: TableSelection | undefined
	readonly keys: TableKeys
}

export type TableSelection = {
	readonly selection: Selection
	readonly onChange: (selection: Selection) => void
}

/** What the keys need beyond the table. */
export type TableKeys = {
	readonly isOn: boolean
	readonly search: RefObject<HTMLElement | null>
	readonly onHelp: () => void
}

/** Only the rows in sight are in the page, however many connectors there are. A row becomes a card on a narrow screen. */
export function ConnectorTable(props: ConnectorTableProps) {
	const { connectors, total, highlighted, onNearEnd, selection: chosen } = props
	const { t } = useTranslation(['connectors', 'list'])
	const isNarrow = useMediaQuery('(max-width: 64em)', undefined, { getInitialValueInEffect: false }) ?? false
	const { container, rows } = useRows(connectors, isNarrow)
	const { open, dialogs } = useListDialogs()
	useScrollToHighlighted(rows, connectors, highlighted)
	const ids = connectors.map(({ id }) => id)
	const choose = (id: string, isRange: boolean) =>
		chosen?.onChange((isRange ? toggleRange : toggle)(chosen.selection, id, ids))
	useListKeys({
		...props.keys,
		list: container,
		count: connectors.length,
		onShow: (index) => rows.scrollToIndex(index, { align: 'auto' }),
		onSelect: (index) => choose(ids[index] ?? '', false),
	})
	const items = rows.getVirtualItems()
	const last = items.at(-1)?.index ?? 0
	useEffect(() => {
		if (last >= connectors.length - 20) onNearEnd()
	}, [last, connectors.length, onNearEnd])
	const before = (items[0]?.start ?? 0) - rows.options.scrollMargin
	const after = rows.getTotalSize() - ((items.at(-1)?.end ?? 0) - rows.options.scrollMargin)
	return (
		<div ref={container}>
			<table role="table" className={classes.table} aria-rowcount={total + 1}>
				<caption className="visually-hidden">{t('title')}</caption>
				<thead role="rowgroup">
					<tr role="row" aria-rowindex={1}>
						{chosen && (
							<th role="columnheader" scope="col" data-column="select">
								<span className="visually-hidden">{t('list:columns.select')}</span>
							</th>
						)}
						{columns.map((name) => (
							<th key={name} role="columnheader" scope="col" data-column={name}>
								<span className={name === 'actions' ? 'visually-hidden' : ''}>
									{name === 'owner' ? t('list:columns.owner') : t(`columns.${name}`)}
								</span>
							</th>
						))}
					</tr>
				</thead>
				<Gap px={before} />
				<tbody role="rowgroup">
					{items.map(({ index, key }) => {
						const connector = connectors[index]
						if (!connector) return null
						return (
							<ConnectorRow
								key={key}
								ref={rows.measureElement}
								index={index}
								connector={connector}
								isHighlighted={connector.id === highlighted}
								selection={
									chosen && {
										isSelected: isSelected(chosen.selection, connector.id),
										onToggle: (isRange) => choose(connector.id, isRange),
									}
								}
								onDialog={open}
							/>
						)
					})}
				</tbody>
				<Gap px={after} />
			</table>
			{dialogs}
		</div>
	)
}

function useRows(connectors: readonly ConnectorDocument[], isNarrow: boolean) {
	const container = useRef<HTMLDivElement>(null)
	const [top, setTop] = useState(0)
	useLayoutEffect(() => {
		// Where the rows begin in the page changes with what stands above them.
		const measure = () => setTop(Math.round((container.current?.getBoundingClientRect().top ?? 0) + window.scrollY))
		measure()
		const observer = new ResizeObserver(measure)
		observer.observe(document.body)
		return () => observer.disconnect()
	}, [])
	const rows = useWindowVirtualizer<HTMLTableRowElement>({
		count: connectors.length,
		estimateSize: () => (isNarrow ? CARD_PX : ROW_PX),
		getItemKey: (index) => connectors[index]?.id ?? index,
		overscan: 8,
		scrollMargin: top,
		gap: isNarrow ? CARD_GAP_PX : 0,
	})
	return { container, rows }
}

type Rows = ReturnType<typeof useRows>['rows']

/** Brings the connector that was just saved into sight, once. */
function useScrollToHighlighted(rows: Rows, connectors: readonly ConnectorDocument[], highlighted: string | undefined) {
	const shown = useRef<string>(undefined)
	const index = connectors.findIndex(({ id }) => id === highlighted)
	useEffect(() => {
		if (index < 0 || shown.current === highlighted) return
		shown.current = highlighted
		// The first screenful is in sight as it is, with what stands above the list.
		if (index > 3) rows.scrollToIndex(index, { align: 'center' })
	}, [rows, index, highlighted])
}

/** Stands for the rows that are out of sight. */
function Gap({ px }: { readonly px: number }) {
	if (px <= 0) return null
	return (
		<tbody aria-hidden="true" className={classes.gap}>
			<tr>
				<td colSpan={columns.length + 1} style={{ height: px }} />
			</tr>
		</tbody>
	)
}
