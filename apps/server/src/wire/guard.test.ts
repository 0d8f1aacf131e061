import { expect, test } from 'vitest'
import { createGuard } from './guard.ts'

const origins = ['https://postern.example', 'http://localhost:4600']

function guard(method: string, headers: Record<string, string>, extra: string[] = []) {
	const all: Record<string, string> = { host: 'postern.example', ...headers }
	const rawHeaders = [...Object.entries(all).flat(), ...extra]
	const { admit, sameSite } = createGuard(origins)
	const request = { method, rawHeaders, header: (name: string) => all[name] }
	const admitted = admit(request)
	const result = admitted.ok ? sameSite(request) : admitted
	return result.ok ? 'passes' : result.problem.code
}

test('answers on its own origins only', () => {
	expect(guard('GET', {})).toBe('passes')
	expect(guard('GET', { host: 'localhost:4600' })).toBe('passes')
	expect(guard('GET', { host: 'localhost' })).toBe('passes')
	expect(guard('GET', { host: 'localhost:4601' })).toBe('request/origin-unknown')
	expect(guard('GET', { host: 'evil.example' })).toBe('request/origin-unknown')
	expect(guard('GET', {}, ['Host', 'evil.example'])).toBe('request/origin-unknown')
})

test('refuses to choose between two Authorization headers', () => {
	expect(guard('GET', { authorization: 'Basic YTpi' })).toBe('passes')
	expect(guard('GET', { authorization: 'Basic YTpi' }, ['AUTHORIZATION', 'Basic YzpkCg=='])).toBe('request/malformed')
	expect(guard('GET', { authorization: 'Basic YTpi' }, ['authorization', 'Basic YTpi'])).toBe('request/malformed')
})

test('refuses a write that another site started', () => {
	expect(guard('POST', { 'sec-fetch-site': 'cross-site' })).toBe('request/cross-site')
	expect(guard('POST', { 'sec-fetch-site': 'same-site' })).toBe('request/cross-site')
	expect(guard('DELETE', { origin: 'https://evil.example' })).toBe('request/cross-site')
	expect(guard('POST', { origin: 'null' })).toBe('request/cross-site')
})

test('lets our own pages and programs write', () => {
	expect(guard('POST', { 'sec-fetch-site': 'same-origin', origin: 'https://postern.example' })).toBe('passes')
	expect(guard('POST', {})).toBe('passes')
})

test('refuses a flood of headers instead of dropping some', () => {
	expect(
		guard(
			'GET',
			{},
			Array.from({ length: 202 }, (_, i) => `x${i}`),
		),
	).toBe('request/header-too-large')
})
