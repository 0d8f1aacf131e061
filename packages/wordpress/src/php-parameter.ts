/**
 * Whether PHP would give the value of a parameter spelled like this, still percent-encoded, to a program that asks for `name`:
 * it cuts leading blanks and what follows a NUL, turns blanks, dots and open brackets into underscores, and takes `name[…]` for
 * a list. Other languages tell letter cases apart no better, so they count as one.
 */
export function isReadByPhpAs(spelling: string, name: string): boolean {
	const decoded = spelling
		.replaceAll('+', ' ')
		.replace(/%([0-7][0-9a-f])/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
		.replace(/^ +/, '')
		.split('\u0000', 1)[0]
	const flat = (decoded ?? '').toLowerCase().replace(/[ .]/g, '_')
	return flat.replaceAll('[', '_') === name || flat.split('[', 1)[0] === name
}
