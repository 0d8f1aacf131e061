/** One measured number. A ratio compares with `against`, measured in the same run. */
export type Figure = {
	readonly bench: string
	readonly figure: string
	readonly value: number
	readonly unit: string
	readonly against?: string
	readonly ratio?: number
	/** What we want, for the reader; nothing fails when it is missed. */
	readonly aim?: string
}
