import { escapeXml } from './xml-text.ts'
import { isXmlRpcArray, XmlRpcBase64, XmlRpcDate, type XmlRpcValue } from './xml-rpc-value.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

export function formatXmlRpcCall(method: string, parameters: readonly XmlRpcValue[]): string {
	const params = parameters.map((value) => `<param>${formatValue(value)}</param>`).join('')
	return `${DECLARATION}<methodCall><methodName>${escapeXml(method)}</methodName><params>${params}</params></methodCall>`
}

export function formatXmlRpcResponse(value: XmlRpcValue): string {
	return `${DECLARATION}<methodResponse><params><param>${formatValue(value)}</param></params></methodResponse>`
}

export function formatXmlRpcFault(code: number, message: string): string {
	const fault = formatValue({ faultCode: code, faultString: message })
	return `${DECLARATION}<methodResponse><fault>${fault}</fault></methodResponse>`
}

// Always typed: WordPress drops an empty untyped value, and every later parameter moves up by one.
function formatValue(value: XmlRpcValue): string {
	return `<value>${formatTyped(value)}</value>`
}

function formatTyped(value: XmlRpcValue): string {
	if (typeof value === 'string') return `<string>${escapeXml(value)}</string>`
	if (typeof value === 'boolean') return `<boolean>${value ? '1' : '0'}</boolean>`
	if (typeof value === 'number') return formatNumber(value)
	if (value instanceof XmlRpcBase64) return `<base64>${value.text}</base64>`
	if (value instanceof XmlRpcDate) return `<dateTime.iso8601>${escapeXml(value.text)}</dateTime.iso8601>`
	if (isXmlRpcArray(value)) return `<array><data>${value.map(formatValue).join('')}</data></array>`
	const members = Object.entries(value)
		.map(([name, member]) => `<member><name>${escapeXml(name)}</name>${formatValue(member)}</member>`)
		.join('')
	return `<struct>${members}</struct>`
}

function formatNumber(value: number): string {
	if (!Number.isFinite(value)) throw new RangeError('XML-RPC has no such number')
	return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? `<int>${value}</int>` : `<double>${value}</double>`
}
