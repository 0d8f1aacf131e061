const other = /[^A-Za-z0-9]/

/** Brings a presented password into the form WordPress compares: everything that is no ASCII letter or digit goes, letter case stays. */
export function stripToAlphanumerics(text: string): string {
	return other.test(text) ? text.replace(/[^A-Za-z0-9]+/g, '') : text
}

/** Writes a password as WordPress shows it: letters and digits in groups of four, one space between them. */
export function chunkPassword(text: string): string {
	return (
		stripToAlphanumerics(text)
			.match(/.{1,4}/g)
			?.join(' ') ?? ''
	)
}

/** Whether WordPress takes this for a UUID: lower case, of any version. It would take a trailing line feed too; we do not. */
export function isWordPressUuid(text: string): boolean {
	return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text)
}
