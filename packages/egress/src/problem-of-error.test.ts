import { expect, it } from 'vitest'
import { type FailedRequest, problemOfError } from './problem-of-error.ts'

const request: FailedRequest = { url: new URL('https://blog.example/'), limit: 1_000, hasAnswered: false, seconds: 10 }
const withCode = (code: string): Error => Object.assign(new Error(code), { code })
const codeOf = (error: unknown, more: Partial<FailedRequest> = {}) =>
	problemOfError(error, { ...request, ...more })?.problem.code

it.each([
	['EHOSTUNREACH', 'network/unreachable'],
	['ENETUNREACH', 'network/unreachable'],
	['EACCES', 'network/unreachable'],
	['ETIMEDOUT', 'network/timeout'],
	['EPIPE', 'network/closed'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls/incomplete-chain'],
	['CERT_NOT_YET_VALID', 'tls/failed'],
	['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'tls/failed'],
	['ERR_TLS_INVALID_PROTOCOL_VERSION', 'tls/failed'],
	['Z_DATA_ERROR', 'response/malformed'],
	['HPE_INVALID_CONSTANT', 'response/malformed'],
])('names %s', (code, problem) => expect(codeOf(withCode(code))).toBe(problem))

it('takes the most telling of several attempts to connect', () => {
	expect(codeOf(new AggregateError([withCode('ENETUNREACH'), withCode('ECONNREFUSED')]))).toBe('network/refused')
	expect(codeOf(new AggregateError([withCode('EHOSTUNREACH'), new Error('?')]))).toBe('network/unreachable')
})

it('tells a connection closed in the middle of an answer from one closed before it', () => {
	expect(codeOf(withCode('UND_ERR_SOCKET'))).toBe('network/closed')
	expect(codeOf(withCode('UND_ERR_SOCKET'), { hasAnswered: true })).toBe('response/malformed')
})

it('leaves what it does not know to those who look for bugs', () => {
	expect(codeOf(withCode('UND_ERR_INVALID_ARG'))).toBeUndefined()
	expect(codeOf(new TypeError('x is not a function'))).toBeUndefined()
	expect(codeOf('a string')).toBeUndefined()
})

it('keeps nothing of an error but name, code and message', () => {
	const error = Object.assign(withCode('UND_ERR_SOCKET'), { headers: 'authorization', socket: {}, data: 'bytes' })
	const problem = problemOfError(error, request)?.problem
	expect(problem?.cause).toEqual({ name: 'Error', code: 'UND_ERR_SOCKET', message: 'UND_ERR_SOCKET' })
})
