/** A header like Content-Type or Content-Disposition (RFC 9110 §5.6.6): its value and parameter names in lower case. */
export type HeaderParameters = { readonly value: string; readonly parameters: ReadonlyMap<string, string> }

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y
const quoted = /"((?:[^"\\]|\\.)*)"/y
const separator = /[ \t]*;[ \t]*/y
const maxLength = 2_048

/** Undefined for what breaks the grammar, and for a parameter that stands twice. */
export function readHeaderParameters(header: string): HeaderParameters | undefined {
	const text = header.trim()
	if (text.length > maxLength) return undefined
	const end = text.indexOf(';')
	const value = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase()
	const parameters = new Map<string, string>()
	let at = end < 0 ? text.length : end
	while (at < text.length) {
		const start = matchAt(separator, text, at)
		if (start === undefined) return undefined
		at += start[0].length
		if (at === text.length) break
		const name = matchAt(token, text, at)?.[0]
		if (name === undefined || text[at + name.length] !== '=') return undefined
		const found = readValue(text, at + name.length + 1)
		if (found === undefined || parameters.has(name.toLowerCase())) return undefined
		parameters.set(name.toLowerCase(), found.value)
		at = found.end
	}
	return { value, parameters }
}

function readValue(text: string, at: number): { readonly value: string; readonly end: number } | undefined {
	const inQuotes = matchAt(quoted, text, at)
	if (inQuotes !== undefined) {
		return { value: (inQuotes[1] ?? '').replace(/\\(["\\])/g, '$1'), end: at + inQuotes[0].length }
	}
	const bare = matchAt(token, text, at)
	return bare && { value: bare[0], end: at + bare[0].length }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
	pattern.lastIndex = at
	return pattern.exec(text) ?? undefined
}
