import type { ReactNode } from 'react'
import classes from './facts.module.css'

export type Fact = readonly [label: string, value: ReactNode]

/** Makes a fact whose value is more than text. */
export function fact(label: string, value: ReactNode): Fact {
	return [label, value]
}

/** Names and values, side by side. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
	return (
		<dl className={classes.facts}>
			{facts.map(([label, value]) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	)
}
