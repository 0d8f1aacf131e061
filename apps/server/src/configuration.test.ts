import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readConfiguration } from './configuration.ts'
import { userAgentOf } from './wire/user-agent.ts'

function read(environ: Record<string, string>) {
	const result = readConfiguration(environ, '/srv/postern')
	if (!result.ok) throw new Error(`${result.problem.code} ${result.problem.params['name']}`)
	return result.value
}

test('runs on loopback without any configuration', () => {
	expect(read({})).toMatchObject({
		port: 4600,
		listen: '127.0.0.1',
		dataFolder: '/srv/postern/data',
		origins: ['http://localhost:4600', 'http://127.0.0.1:4600', 'http://[::1]:4600'],
		environment: 'local',
		isInsecure: false,
		isLoopbackOnly: true,
	})
})

test('takes an https origin as production, by one name', () => {
	const configuration = read({ POSTERN_ORIGIN: 'https://postern.example', POSTERN_LISTEN: '0.0.0.0' })
	expect(configuration).toMatchObject({
		origins: ['https://postern.example'],
		environment: 'production',
		isLoopbackOnly: false,
	})
})

test('calls plain http beyond loopback insecure', () => {
	expect(read({ POSTERN_ORIGIN: 'http://postern.example' })).toMatchObject({
		isInsecure: true,
		environment: 'production',
	})
})

test('needs a setup token where others can reach it', () => {
	expect(read({ POSTERN_LISTEN: '0.0.0.0' }).isLoopbackOnly).toBe(false)
	expect(read({ POSTERN_ORIGIN: 'https://postern.example' }).isLoopbackOnly).toBe(false)
})

test.each([
	['PORT', 'eighty'],
	['PORT', '70000'],
	['PORT', '0'],
	['POSTERN_CHECKS_AT_ONCE', '0'],
	['POSTERN_CHECKS_AT_ONCE', '1001'],
	['POSTERN_CHECKS_AT_ONCE', 'many'],
	['POSTERN_LISTEN', 'localhost'],
	['POSTERN_ORIGIN', 'postern.example'],
	['POSTERN_ORIGIN', 'https://postern.example/path'],
	['POSTERN_ORIGIN', 'ftp://postern.example'],
	['POSTERN_GATEWAY_ORIGIN', 'gateway.example'],
	['POSTERN_GATEWAY_ORIGIN', 'https://gateway.example/path'],
	['POSTERN_GATEWAY_ORIGIN', 'https://*.*.example'],
	['POSTERN_GATEWAY_ORIGIN', 'https://a.*.example'],
	['POSTERN_GATEWAY_ORIGIN', 'https://*.127.0.0.1'],
	['POSTERN_GATEWAY_ORIGIN', 'ftp://*.sites.example'],
	['POSTERN_ENVIRONMENT', 'staging'],
	['POSTERN_PROXIES', '10.0.0.0/99'],
	['POSTERN_ALLOW_PRIVATE', 'not an address/x'],
	['DATABASE_URL', 'mysql://localhost/x'],
	['POSTERN_LOG_LEVEL', 'loud'],
	['POSTERN_USER_AGENT', 'Sync\r\nX-Evil: 1'],
	['POSTERN_USER_AGENT', 'x'.repeat(257)],
	['POSTERN_OUTGOING_ADDRESS', '203.0.113.7, gateway.example'],
	['POSTERN_OUTGOING_ADDRESS', '203.0.113.0/33'],
	['POSTERN_CONTACT', 'café@example.com'],
	['POSTERN_SETUP_PASSWORD_FILE', '/nowhere/at/all'],
])('stops at a wrong %s by name', (name, value) => {
	const setup = name.startsWith('POSTERN_SETUP')
		? { POSTERN_SETUP_EMAIL: 'a@b.example', POSTERN_SETUP_USERNAME: 'ada' }
		: {}
	expect(() => read({ ...setup, [name]: value })).toThrow(`start/configuration ${name}`)
})

test.each([
	['', { kind: 'shared', origin: 'http://localhost:4600' }],
	['http://localhost:4600/', { kind: 'shared', origin: 'http://localhost:4600' }],
	['https://Gateway.example', { kind: 'own', origin: 'https://gateway.example' }],
	['https://*.sites.example', { kind: 'hosts', scheme: 'https', suffix: 'sites.example', port: undefined }],
	['http://*.sites.localhost:4600', { kind: 'hosts', scheme: 'http', suffix: 'sites.localhost', port: 4600 }],
])('serves the gateway from %s', (origin, gateway) => {
	expect(read({ POSTERN_GATEWAY_ORIGIN: origin }).gateway).toEqual(gateway)
})

test('gives no origin to both the gateway and everything else', () => {
	const { origins, gateway } = read({ POSTERN_GATEWAY_ORIGIN: 'http://127.0.0.1:4600' })
	expect(gateway).toEqual({ kind: 'own', origin: 'http://127.0.0.1:4600' })
	expect(origins).toEqual(['http://localhost:4600', 'http://[::1]:4600'])
})

test('reads the password of an unattended setup from a file, and hides it', () => {
	const file = path.join(mkdtempSync(path.join(tmpdir(), 'postern-')), 'password')
	writeFileSync(file, 'correct horse battery\n')
	const { setup } = read({
		POSTERN_SETUP_EMAIL: 'a@b.example',
		POSTERN_SETUP_USERNAME: 'ada',
		POSTERN_SETUP_PASSWORD_FILE: file,
	})
	expect(setup?.password.reveal()).toBe('correct horse battery')
	expect(JSON.stringify(setup)).not.toContain('horse')
})

test('tells hosts what our requests look like, as it is told', () => {
	expect(read({})).toMatchObject({ userAgent: undefined, outgoingAddresses: [], contact: undefined })
	const told = read({
		POSTERN_USER_AGENT: 'Example-Sync/1.0 (+https://example.com/bot)',
		POSTERN_OUTGOING_ADDRESS: '203.0.113.7 2001:db8::/64',
		POSTERN_CONTACT: 'ops@example.com',
	})
	expect(told).toMatchObject({ outgoingAddresses: ['203.0.113.7', '2001:db8::/64'], contact: 'ops@example.com' })
	expect(userAgentOf(told)).toBe('Example-Sync/1.0 (+https://example.com/bot)')
	expect(userAgentOf(read({ POSTERN_ORIGIN: 'https://postern.example' }))).toMatch(
		/^Postern\/\S+ \(\+https:\/\/postern\.example\/about-requests\)$/,
	)
})
