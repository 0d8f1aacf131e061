export type InventorySearch = { readonly search?: string | undefined }

/** What the address of the inventory says; the router reads `?search=2024` as a number. */
export function readInventorySearch({ search }: Record<string, unknown>): InventorySearch {
	const text = typeof search === 'number' ? String(search) : search
	return { search: typeof text === 'string' && text !== '' ? text : undefined }
}
