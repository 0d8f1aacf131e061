type Identified = { readonly id: string }

/**
 * Makes sure that a connector which was just saved is in sight: in its own place if that page is loaded, else on top. The list
 * is sorted by name, so its place may be thousands of rows away.
 */
export function placeNew<C extends Identified>(loaded: readonly C[], added: C | undefined): readonly C[] {
	if (!added || loaded.some(({ id }) => id === added.id)) return loaded
	return [added, ...loaded]
}
