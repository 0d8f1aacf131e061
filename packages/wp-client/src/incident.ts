import type { Answer } from './probe.ts'

const headers = ['cf-ray', 'x-sucuri-id', 'x-iinfo', 'x-azure-ref', 'x-amz-cf-id'] as const
const named =
	/\b(?:ray|incident|support|reference|request|event|unique)\s?(?:id|no|number|#)(?: is)?\W{0,16}([a-z0-9][\w.-]{4,63})/i

/** The number under which a firewall noted that it turned a request away; "" when it names none. */
export function readIncident({ headers: sent, text }: Answer): string {
	const told = headers.map((name) => sent.get(name) ?? '').find((value) => value !== '')
	if (told !== undefined) return told
	return named.exec(text.slice(0, 32_768).replace(/<[^<>]*>/g, ' '))?.[1] ?? ''
}
