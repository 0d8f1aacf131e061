/** Which connectors are meant: some, or all that match, also those that are not loaded. */
export type Selection = {
	readonly ids: ReadonlySet<string>
	readonly isAllMatching: boolean
	/** The one that was ticked last: where a range begins. */
	readonly anchor: string | undefined
}

export const noSelection: Selection = { ids: new Set(), isAllMatching: false, anchor: undefined }

export function isSelected({ ids, isAllMatching }: Selection, id: string): boolean {
	return isAllMatching || ids.has(id)
}

/** Ticks or unticks one; of all that match, the loaded ones without it stay. */
export function toggle(selection: Selection, id: string, loaded: readonly string[]): Selection {
	const ids = new Set(selection.isAllMatching ? loaded : selection.ids)
	if (isSelected(selection, id)) ids.delete(id)
	else ids.add(id)
	return { ids, isAllMatching: false, anchor: id }
}

/** All from the one before up to this one become as this one becomes. */
export function toggleRange(selection: Selection, id: string, loaded: readonly string[]): Selection {
	const from = loaded.indexOf(selection.anchor ?? '')
	const to = loaded.indexOf(id)
	if (from < 0 || to < 0) return toggle(selection, id, loaded)
	const ids = new Set(selection.isAllMatching ? loaded : selection.ids)
	const isOn = !isSelected(selection, id)
	for (const one of loaded.slice(Math.min(from, to), Math.max(from, to) + 1)) {
		if (isOn) ids.add(one)
		else ids.delete(one)
	}
	return { ids, isAllMatching: false, anchor: id }
}

/** All that are loaded, or none. */
export function toggleLoaded(selection: Selection, loaded: readonly string[]): Selection {
	return isEveryLoaded(selection, loaded)
		? noSelection
		: { ids: new Set(loaded), isAllMatching: false, anchor: undefined }
}

export function isEveryLoaded(selection: Selection, loaded: readonly string[]): boolean {
	return loaded.length > 0 && loaded.every((id) => isSelected(selection, id))
}

export function selectAllMatching(): Selection {
	return { ids: new Set(), isAllMatching: true, anchor: undefined }
}
