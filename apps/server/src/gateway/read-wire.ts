import { fail, ok, type Result } from '@postern/vocabulary'

/** The headers that the gateway itself looks at, each as it was sent. */
export type Wire = {
	host: string | undefined
	authorization: string | undefined
	secFetchMode: string | undefined
	secFetchDest: string | undefined
	origin: string | undefined
	requestedMethod: string | undefined
	forwardedFor: string | undefined
	forwardedProto: string | undefined
	userAgent: string | undefined
}

const headerCountLimit = 100

/**
 * Reads a header as one message only (RFC 9112 §6.1, §6.3), also where Node would choose among two. Fails with
 * `request/header-too-large`, `request/malformed`.
 */
export function readWire(rawHeaders: readonly string[], httpVersion: string): Result<Wire> {
	if (rawHeaders.length / 2 > headerCountLimit)
		return fail('request/header-too-large', { params: { limit: headerCountLimit } })
	const wire: Wire = { ...nothing }
	const framing: Framing = { length: undefined, coding: undefined, httpVersion }
	for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
		const isSound = take(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '', { wire, framing })
		if (!isSound) return fail('request/malformed')
	}
	return wire.host !== undefined && isFramed(framing) ? ok(wire) : fail('request/malformed')
}

const nothing: Wire = {
	host: undefined,
	authorization: undefined,
	secFetchMode: undefined,
	secFetchDest: undefined,
	origin: undefined,
	requestedMethod: undefined,
	forwardedFor: undefined,
	forwardedProto: undefined,
	userAgent: undefined,
}

type Framing = { length: string | undefined; coding: string | undefined; readonly httpVersion: string }

/** Whether the line can stand beside those before it. */
function take(name: string, value: string, { wire, framing }: { wire: Wire; framing: Framing }): boolean {
	switch (name.toLowerCase()) {
		case 'host':
			return once('host', value, wire)
		case 'authorization':
			return once('authorization', value, wire)
		case 'content-length':
			return once('length', value, framing)
		case 'transfer-encoding':
			return once('coding', value, framing)
		case 'connection':
			return !nominatesOurs.test(value)
		case 'sec-fetch-mode':
			wire.secFetchMode = value
			return true
		case 'sec-fetch-dest':
			wire.secFetchDest = value
			return true
		case 'origin':
			wire.origin = value
			return true
		case 'user-agent':
			wire.userAgent = value
			return true
		case 'access-control-request-method':
			wire.requestedMethod = value
			return true
		case 'x-forwarded-for':
			wire.forwardedFor = wire.forwardedFor === undefined ? value : `${wire.forwardedFor}, ${value}`
			return true
		case 'x-forwarded-proto':
			wire.forwardedProto = wire.forwardedProto === undefined ? value : `${wire.forwardedProto}, ${value}`
			return true
		default:
			return true
	}
}

/** `Connection` may not take away what says who asks, whom, and where the message ends (RFC 9110 §7.6.1). */
const nominatesOurs = /(?:^|[\s,])(?:content-length|host|authorization|transfer-encoding)(?:$|[\s,])/i

function once<K extends string>(key: K, value: string, taken: { [key in K]: string | undefined }): boolean {
	if (taken[key] !== undefined) return false
	taken[key] = value
	return true
}

function isFramed({ length, coding, httpVersion }: Framing): boolean {
	if (coding !== undefined) return coding.toLowerCase() === 'chunked' && length === undefined && httpVersion === '1.1'
	return length === undefined || /^\d{1,15}$/.test(length)
}
