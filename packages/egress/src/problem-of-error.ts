import { fail, type Failure, type ProblemCode, problemOfNetworkError } from '@postern/vocabulary'
import { errors } from 'undici'
import { CarriedFailure } from './carried-failure.ts'
import { describeError, errorCode } from './describe-error.ts'
import { portOf } from './find-addresses.ts'
import { RefusedCertificate } from './shown-certificate.ts'

export type FailedRequest = {
	readonly url: URL
	readonly limit: number
	/** Once the status line has arrived, a connection that simply ends has cut the answer short. */
	readonly hasAnswered: boolean
	readonly seconds: number
}

/** Names the problem behind an error of the network, or gives undefined: then it is a bug of ours. */
export function problemOfError(error: unknown, request: FailedRequest): Failure | undefined {
	if (error instanceof CarriedFailure) return error.failure
	// undici's parser leaves its errors without a code.
	const code = error instanceof errors.HTTPParserError ? 'HPE_INVALID' : errorCode(error)
	const found = code === undefined ? undefined : codeOf(code, request.hasAnswered)
	if (found === undefined) return undefined
	const { url, limit, seconds } = request
	const isVerdict = error instanceof RefusedCertificate && found.startsWith('tls/')
	const certificate = isVerdict ? error.certificate : undefined
	const params = {
		host: url.hostname,
		...(withPort.has(found) ? { port: portOf(url) } : {}),
		...(found === 'network/timeout' ? { seconds } : {}),
		...(found === 'response/too-large' ? { limit } : {}),
		...(found === 'tls/expired' ? { expiredAt: certificate?.validTo ?? '' } : {}),
	}
	return fail(found, { params, cause: describeError(error), certificate })
}

const withPort = new Set<ProblemCode>(['network/refused', 'tls/not-https'])

function codeOf(code: string, hasAnswered: boolean): ProblemCode | undefined {
	if (hasAnswered && code === 'UND_ERR_SOCKET') return 'response/malformed'
	return problemOfNetworkError(code)
}
