import type { ProblemCode } from './problems.ts'

/** Codes of Node, OpenSSL and undici, as ours. Families that only share a beginning are below. */
const problemOfCode: Readonly<Record<string, ProblemCode>> = {
	ENOTFOUND: 'network/unknown-host',
	EAI_AGAIN: 'network/unknown-host',

	ECONNREFUSED: 'network/refused',
	ECONNRESET: 'network/closed',
	ECONNABORTED: 'network/closed',
	EPIPE: 'network/closed',
	UND_ERR_SOCKET: 'network/closed',
	UND_ERR_CLOSED: 'network/closed',
	UND_ERR_DESTROYED: 'network/closed',
	ETIMEDOUT: 'network/timeout',
	UND_ERR_CONNECT_TIMEOUT: 'network/timeout',
	ERR_SOCKET_CONNECTION_TIMEOUT: 'network/timeout',
	UND_ERR_HEADERS_TIMEOUT: 'network/timeout',
	UND_ERR_BODY_TIMEOUT: 'network/timeout',
	EHOSTUNREACH: 'network/unreachable',
	EHOSTDOWN: 'network/unreachable',
	ENETUNREACH: 'network/unreachable',
	ENETDOWN: 'network/unreachable',
	EADDRNOTAVAIL: 'network/unreachable',
	EACCES: 'network/unreachable', // a firewall of this machine
	EPERM: 'network/unreachable',

	DEPTH_ZERO_SELF_SIGNED_CERT: 'tls/self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'tls/self-signed',
	CERT_HAS_EXPIRED: 'tls/expired',
	ERR_TLS_CERT_ALTNAME_INVALID: 'tls/wrong-name',
	HOSTNAME_MISMATCH: 'tls/wrong-name',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls/incomplete-chain',
	UNABLE_TO_GET_ISSUER_CERT: 'tls/incomplete-chain',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls/incomplete-chain',
	ERR_SSL_WRONG_VERSION_NUMBER: 'tls/not-https',
	ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls/not-https',
	CERT_NOT_YET_VALID: 'tls/failed',
	CERT_REVOKED: 'tls/failed',
	CERT_SIGNATURE_FAILURE: 'tls/failed',
	CERT_UNTRUSTED: 'tls/failed',
	CERT_REJECTED: 'tls/failed',
	CERT_CHAIN_TOO_LONG: 'tls/failed',
	INVALID_CA: 'tls/failed',
	INVALID_PURPOSE: 'tls/failed',
	PATH_LENGTH_EXCEEDED: 'tls/failed',
	UNSPECIFIED: 'tls/failed', // what Node calls an OpenSSL verdict it has no name for
	EPROTO: 'tls/failed',

	UND_ERR_HEADERS_OVERFLOW: 'response/malformed',
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'response/malformed',
	ERR_BUFFER_TOO_LARGE: 'response/too-large',
}

const problemOfFamily: readonly (readonly [RegExp, ProblemCode])[] = [
	[/^ERR_(SSL|TLS)_/, 'tls/failed'],
	[/^(HPE_|Z_|ERR__ERROR_|ERR_BROTLI_|ERR_PADDING)/, 'response/malformed'],
]

/** Names the problem behind the code of a network error; undefined for one that is none. */
export function problemOfNetworkError(code: string): ProblemCode | undefined {
	const known = Object.hasOwn(problemOfCode, code) ? problemOfCode[code] : undefined
	return known ?? problemOfFamily.find(([pattern]) => pattern.test(code))?.[1]
}
