/**
 * Checks standard base64 without decoding it, and takes out the white space of folded lines; padding may be missing. Undefined
 * for anything else. In linear time: each expression looks for one character.
 */
export function tidyBase64(text: string): string | undefined {
	if (/[^A-Za-z0-9+/=\t\n\f\r ]/.test(text)) return undefined
	const tidy = /[\t\n\f\r ]/.test(text) ? withoutBlanks(text) : text
	const end = tidy.indexOf('=')
	const padding = end === -1 ? 0 : tidy.length - end
	if (padding === 0) return tidy.length % 4 === 1 ? undefined : tidy
	const isPadded = tidy.length % 4 === 0 && (padding === 1 || (padding === 2 && tidy.endsWith('==')))
	return isPadded ? tidy : undefined
}

/** Of ASCII only. A loop: to replace one blank after the other takes many times as long where there are as many as letters. */
function withoutBlanks(text: string): string {
	const kept = new Uint8Array(text.length)
	let length = 0
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index)
		kept[length] = code
		if (code > 32) length += 1
	}
	return new TextDecoder().decode(kept.subarray(0, length))
}

export function formatBase64(bytes: Uint8Array): string {
	const parts: string[] = []
	for (let start = 0; start < bytes.length; start += chunk)
		parts.push(btoa(toText(bytes.subarray(start, start + chunk))))
	return parts.join('')
}
/** No more than a call may have arguments, and a multiple of three, so that the parts join without padding. */
const chunk = 12_288

/** `Reflect.apply` takes the bytes as they are; spread, they would be walked through once more. */
const toText = (bytes: Uint8Array): string => Reflect.apply(String.fromCharCode, undefined, bytes) as string // its type is lost

/** Turns a text of characters up to U+00FF into their bytes. A loop: `Uint8Array.from` with a mapping takes eight times as long. */
export function toBytes(binary: string): Uint8Array {
	const bytes = new Uint8Array(binary.length)
	for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index)
	return bytes
}
