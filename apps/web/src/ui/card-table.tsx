import type { ReactNode } from 'react'
import classes from './card-table.module.css'

export type Column<Row> = {
	readonly name: string
	readonly label: string
	readonly render: (row: Row) => ReactNode
	/** On a narrow screen without its label: the row's own name, or its buttons. */
	readonly isPlain?: boolean
}

export type CardTableProps<Row> = {
	readonly caption: string
	readonly columns: readonly Column<Row>[]
	readonly rows: readonly Row[]
	readonly keyOf: (row: Row) => string
	/** A row to point out, after something was done to it. */
	readonly highlighted?: string | undefined
}

/** A table; each row becomes a card on a narrow screen. Roles are spelled out, because `display` takes them away. */
export function CardTable<Row>({ caption, columns, rows, keyOf, highlighted }: CardTableProps<Row>) {
	return (
		<table role="table" className={classes.table}>
			<caption className="visually-hidden">{caption}</caption>
			<thead role="rowgroup">
				<tr role="row">
					{columns.map(({ name, label, isPlain }) => (
						<th key={name} role="columnheader" scope="col">
							<span className={isPlain && label === '' ? 'visually-hidden' : ''}>{label}</span>
						</th>
					))}
				</tr>
			</thead>
			<tbody role="rowgroup">
				{rows.map((row) => (
					<tr key={keyOf(row)} role="row" data-highlighted={keyOf(row) === highlighted || undefined}>
						{columns.map(({ name, label, isPlain, render }) => (
							<td key={name} role="cell" data-column={name}>
								{!isPlain && (
									<span className={classes.label} aria-hidden="true">
										{label}
									</span>
								)}
								<span className={classes.value}>{render(row)}</span>
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	)
}
