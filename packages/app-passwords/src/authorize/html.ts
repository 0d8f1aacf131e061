/** Markup that may go to the page as it is. Only `html` makes it, so that whatever is put into it was escaped. */
export class Html {
	readonly #markup: string
	constructor(markup: string) {
		this.#markup = markup
	}
	toString(): string {
		return this.#markup
	}
}

export type Insertable = string | number | Html | undefined | false | readonly Insertable[]

/** Writes markup; every value is escaped, also for attributes in double quotes. Undefined and false leave nothing. */
export function html(markup: TemplateStringsArray, ...values: readonly Insertable[]): Html {
	let written = markup[0] ?? ''
	for (const [index, value] of values.entries()) written += write(value) + (markup[index + 1] ?? '')
	return new Html(written)
}

function write(value: Insertable): string {
	if (value === undefined || value === false) return ''
	if (value instanceof Html) return value.toString()
	return typeof value === 'object' ? value.map(write).join('') : escape(String(value))
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
