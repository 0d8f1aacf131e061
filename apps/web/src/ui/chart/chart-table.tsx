import type { ReactNode } from 'react'
import classes from './chart.module.css'

type ChartTableProps = {
	/** What opens it. */
	readonly summary: string
	readonly caption: string
	readonly columns: readonly { readonly label: string; readonly isNumber?: boolean }[]
	/** Its rows; a cell of a number has `data-number`, and the last one needs it not. */
	readonly children: ReactNode
}

/** What a chart shows, to read. */
export function ChartTable({ summary, caption, columns, children }: ChartTableProps) {
	return (
		<details className={classes.details}>
			<summary>{summary}</summary>
			<table className={classes.table}>
				<caption className="visually-hidden">{caption}</caption>
				<thead>
					<tr>
						{columns.map(({ label, isNumber }) => (
							<th key={label} scope="col" data-number={isNumber}>
								{label}
							</th>
						))}
					</tr>
				</thead>
				<tbody>{children}</tbody>
			</table>
		</details>
	)
}
