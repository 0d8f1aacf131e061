/**
 * Remarks on a success: it works, and this is worth knowing. The names in brackets are the values a sentence may use;
 * the sentences live in `texts/<language>/notes.json`.
 */
export const notes = {
	'address-corrected': ['typed', 'used'],
	'https-used': [], // http was typed, https answers
	'plain-http': [], // the whole connection is unencrypted
	'plain-permalinks': [],
	'api-found-elsewhere': ['root'], // a custom prefix or another folder
	'api-closed-to-visitors': [], // the index needs a login, ours opens it
	'json-repaired': ['excerpt'], // a PHP notice or BOM around the JSON
	'php-notices': ['file', 'line', 'message'], // printed into the answers of the API
	'api-cached': ['cache'], // what the cache says of itself
	'international-host': ['unicode', 'ascii'],
	'mixed-script-host': ['ascii'],
	'introspection-missing': [], // WordPress before 5.7: the password's id is unknown
	'administrator-account': ['username'], // a smaller role would do
	'limited-account': ['username', 'role'], // may not publish
	'xml-rpc-transport': [], // the site is spoken to over XML-RPC: no more than that offers
	'login-also-by-email': ['username'], // the canonical one that was stored
} as const satisfies Record<string, readonly string[]>

export type NoteCode = keyof typeof notes
export const noteCodes = Object.keys(notes).filter((code): code is NoteCode => code in notes)
export type Note = { readonly code: NoteCode; readonly params: Readonly<Record<string, string | number>> }
