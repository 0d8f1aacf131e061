import { fail, ok, type Failure, type Result } from '@postern/vocabulary'

/** The few headers that say how a request is to be read. All others are none of policy's business, and are not sent on. */
export type ReadHeaders = {
	readonly methodOverride: string | undefined
	readonly contentType: string | undefined
	readonly contentDisposition: string | undefined
	readonly hasBody: boolean
}

/** CGI makes an underscore of every hyphen, so these would be taken for their namesakes behind us. */
const powerful = new Set([
	'authorization',
	'connection',
	'content-disposition',
	'content-encoding',
	'content-length',
	'content-type',
	'cookie',
	'expect',
	'forwarded',
	'host',
	'proxy-authorization',
	'te',
	'transfer-encoding',
	'upgrade',
	'x-forwarded-for',
	'x-forwarded-host',
	'x-forwarded-port',
	'x-forwarded-proto',
	'x-http-method-override',
	'x-original-url',
	'x-real-ip',
	'x-rewrite-url',
	'x-wp-nonce',
])

type Collected = {
	methodOverride: string | undefined
	contentType: string | undefined
	contentDisposition: string | undefined
	hasBody: boolean
}

/** Fails with `gateway/header-refused` and `request/content-encoding`. */
export function readHeaders(rawHeaders: readonly string[]): Result<ReadHeaders> {
	const collected: Collected = {
		methodOverride: undefined,
		contentType: undefined,
		contentDisposition: undefined,
		hasBody: false,
	}
	for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
		const failure = collect(collected, rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
		if (failure !== undefined) return failure
	}
	return ok(collected)
}

function collect(collected: Collected, name: string, value: string): Failure | undefined {
	if (name.includes('_') || name.includes('.')) return checkFolded(name)
	// By length first: of some fifteen headers in a request two or three are looked at.
	switch (name.length) {
		case 12:
			return name.toLowerCase() === 'content-type' ? keep(collected, 'contentType', value) : undefined
		case 14:
			if (name.toLowerCase() === 'content-length') collected.hasBody ||= value.trim() !== '0'
			return undefined
		case 16:
			return name.toLowerCase() === 'content-encoding' ? fail('request/content-encoding') : undefined
		case 17:
			if (name.toLowerCase() === 'transfer-encoding') collected.hasBody = true
			return undefined
		case 19:
			return name.toLowerCase() === 'content-disposition' ? keep(collected, 'contentDisposition', value) : undefined
		case 22:
			return name.toLowerCase() === 'x-http-method-override' ? keep(collected, 'methodOverride', value) : undefined
		default:
			return undefined
	}
}

const headerNames = {
	methodOverride: 'x-http-method-override',
	contentType: 'content-type',
	contentDisposition: 'content-disposition',
} as const

function keep(collected: Collected, member: keyof typeof headerNames, value: string): Failure | undefined {
	if (collected[member] !== undefined) return refuseHeader(headerNames[member])
	collected[member] = value
	return undefined
}

function checkFolded(name: string): Failure | undefined {
	const folded = name.toLowerCase().replace(/[_.]/g, '-')
	return powerful.has(folded) ? refuseHeader(name.toLowerCase()) : undefined
}

export function refuseHeader(name: string): Failure {
	return fail('gateway/header-refused', { params: { name } })
}
