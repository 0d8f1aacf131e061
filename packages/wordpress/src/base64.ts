/** Reads standard base64; white space inside is forgiven, as lines are folded. Undefined for anything else. */
export function readBase64(text: string): Uint8Array | undefined {
	try {
		return toBytes(atob(text))
	} catch {
		return undefined
	}
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
