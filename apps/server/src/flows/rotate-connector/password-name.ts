import { randomInt } from 'node:crypto'
import { quoteText, sanitizeApplicationName } from '@postern/wordpress'

/** What other Posterns take for a name, too. */
const longest = 100
const longestHost = 60
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * What our password is called in WordPress: `Postern – Ada’s blogs on postern.example, 2026-11-22 k7pm`. Every attempt gets another
 * one: WordPress up to 6.6 refuses a name that is there already, and by its name we find a password whose answer was lost.
 */
export function newPasswordName({
	workspace,
	origin,
	now,
}: {
	readonly workspace: string
	/** Ours. */
	readonly origin: string
	readonly now: Date
}): string {
	const mark = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
	const host = new URL(origin).host.slice(0, longestHost)
	const tail = ` on ${host}, ${now.toISOString().slice(0, 10)} ${mark}`
	const head = 'Postern – '
	const room = longest - head.length - tail.length
	const shown = Array.from(sanitizeApplicationName(plain(workspace)))
		.slice(0, room)
		.join('')
		.trim()
	return (head + shown).trim() + tail
}

/**
 * Databases of old sites keep no letter beyond the first plane, and refuse the whole name. What a list of passwords is quoted
 * without is left out here as well, or the name would not be found again there.
 */
function plain(text: string): string {
	return Array.from(quoteText(text.normalize('NFC').toWellFormed(), longest))
		.filter((letter) => letter.length === 1)
		.join('')
		.replaceAll('<', '')
		.replaceAll('%', '')
}
