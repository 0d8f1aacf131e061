import { asText, type XmlRpcValue } from '@postern/wordpress'

/** WordPress writes ids as text, and some of them as numbers. */
export function readXmlRpcId(value: XmlRpcValue | undefined): number | undefined {
	const text = typeof value === 'number' ? String(value) : asText(value)
	return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
