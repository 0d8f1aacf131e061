/** Shows a host name as its owner writes it: `xn--mnchen-3ya.example` becomes `münchen.example`. */
export function toUnicodeHost(asciiHost: string): string {
	return asciiHost
		.split('.')
		.map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label))
		.join('.')
}

/** Whether one label mixes scripts that no language writes together, as look-alikes of known names do (UTS 39 §5.1). */
export function isMixedScript(unicodeHost: string): boolean {
	return unicodeHost.split('.').some((label) => {
		const found = scriptsOf(label)
		return found.size > 1 && !writtenTogether.some((group) => [...found].every((script) => group.includes(script)))
	})
}

const scripts = {
	Latin: /\p{Script=Latin}/u,
	Han: /\p{Script=Han}/u,
	Hiragana: /\p{Script=Hiragana}/u,
	Katakana: /\p{Script=Katakana}/u,
	Hangul: /\p{Script=Hangul}/u,
	Bopomofo: /\p{Script=Bopomofo}/u,
	Cyrillic: /\p{Script=Cyrillic}/u,
	Greek: /\p{Script=Greek}/u,
} as const
const commonScript = /[\p{Script=Common}\p{Script=Inherited}]/u

const writtenTogether: readonly (readonly string[])[] = [
	['Latin', 'Han', 'Hiragana', 'Katakana'],
	['Latin', 'Han', 'Hangul'],
	['Latin', 'Han', 'Bopomofo'],
]

function scriptsOf(label: string): ReadonlySet<string> {
	const found = new Set<string>()
	for (const character of label) {
		if (commonScript.test(character)) continue
		found.add(Object.entries(scripts).find(([, pattern]) => pattern.test(character))?.[0] ?? 'another')
	}
	return found
}

// RFC 3492 §5: the parameters of Punycode.
const [base, tMin, tMax, skew, damp, initialBias, initialN] = [36, 1, 26, 38, 700, 72, 128]
const maxCodePoint = 0x10ffff

/** Decodes one label (RFC 3492 §6.2). Gives undefined for what is not Punycode. */
function decodePunycode(encoded: string): string | undefined {
	const lastHyphen = encoded.lastIndexOf('-')
	const output = Array.from(lastHyphen > 0 ? encoded.slice(0, lastHyphen) : '')
	let rest = Array.from(encoded.slice(lastHyphen > 0 ? lastHyphen + 1 : 0), readDigit)
	let [codePoint, position, bias, isFirst] = [initialN, 0, initialBias, true]
	while (rest.length > 0) {
		const delta = readDelta(rest, bias)
		if (delta === undefined) return undefined
		rest = rest.slice(delta.length)
		const length = output.length + 1
		bias = adaptBias(delta.value, length, isFirst)
		isFirst = false
		codePoint += Math.floor((position + delta.value) / length)
		position = (position + delta.value) % length
		if (codePoint > maxCodePoint) return undefined
		output.splice(position, 0, String.fromCodePoint(codePoint))
		position += 1
	}
	return output.join('')
}

/** `a` to `z` are 0 to 25, `0` to `9` are 26 to 35; NaN for anything else. */
function readDigit(character: string): number {
	const value = Number.parseInt(character, base)
	return value < 10 ? value + 26 : value - 10
}

/** Reads one number of variable length from the front of the digits. */
function readDelta(digits: readonly number[], bias: number): { value: number; length: number } | undefined {
	let [value, weight] = [0, 1]
	for (const [index, digit] of digits.entries()) {
		const threshold = Math.min(Math.max(base * (index + 1) - bias, tMin), tMax)
		value += digit * weight
		if (!Number.isSafeInteger(value)) return undefined
		if (digit < threshold) return { value, length: index + 1 }
		weight *= base - threshold
	}
	return undefined
}

function adaptBias(delta: number, length: number, isFirst: boolean): number {
	let scaled = isFirst ? Math.floor(delta / damp) : Math.floor(delta / 2)
	scaled += Math.floor(scaled / length)
	let steps = 0
	while (scaled > ((base - tMin) * tMax) / 2) {
		scaled = Math.floor(scaled / (base - tMin))
		steps += base
	}
	return steps + Math.floor(((base - tMin + 1) * scaled) / (scaled + skew))
}
