/**
 * Makes any text fit for both stores: PostgreSQL takes no NUL, and neither keeps half a surrogate pair. Texts of sites are
 * not ours to refuse.
 */
export function storable(text: string): string {
	return (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed()
}

/** The longest name and host that search looks at; PostgreSQL indexes at most 2,704 bytes. */
const MAX_SEARCHED_LENGTH = 300

/** Folds text so that search and sorting ignore case and width: `ＡＢＣ` is found by `abc`. */
export function foldForSearch(text: string): string {
	return storable(storable(text).normalize('NFKC').toLowerCase().slice(0, MAX_SEARCHED_LENGTH))
}
