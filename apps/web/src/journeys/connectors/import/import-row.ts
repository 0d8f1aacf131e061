import { Secret } from '@postern/vocabulary'

/** One line of the file. Its password is dropped when it is done with. */
export type ImportRow = {
	/** Of the file, from 1, where a line break within quotation marks is none. */
	readonly line: number
	readonly address: string
	readonly username: string
	readonly password: Secret | undefined
	readonly name: string
	readonly tags: readonly string[]
}

export const importColumns = ['address', 'username', 'application_password', 'name', 'tags'] as const
export type ImportColumn = (typeof importColumns)[number]

/** What other programs and our own forms call them; they count where the column itself is missing, the first before the next. */
export const otherNames: Partial<Record<ImportColumn, readonly string[]>> = {
	address: ['website', 'site_url', 'url', 'site'],
	username: ['user_login', 'user', 'login'],
}

export const neededColumns: readonly ImportColumn[] = ['address', 'username', 'application_password']

export function rowOf(line: number, cell: (column: ImportColumn) => string): ImportRow {
	const password = cell('application_password')
	return {
		line,
		address: cell('address'),
		username: cell('username'),
		password: password === '' ? undefined : new Secret(password),
		name: cell('name'),
		tags: cell('tags')
			.split(/[,;]/)
			.map((tag) => tag.trim())
			.filter((tag) => tag !== ''),
	}
}

/** As it is told apart from others; what is no address is one like the next. */
export function hostOf(address: string): string {
	const text = address.trim()
	return URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)?.hostname ?? ''
}
