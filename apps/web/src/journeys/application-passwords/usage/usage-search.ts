export const periods = [7, 30, 90] as const
export type Period = (typeof periods)[number]

export type UsageSearch = { readonly days?: Period | undefined }

/** What the address of a usage page says. */
export function readUsageSearch({ days }: Record<string, unknown>): UsageSearch {
	return { days: periods.find((period) => period === days) }
}
