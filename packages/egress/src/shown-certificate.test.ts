import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { checkServerIdentity } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { judgeName } from './shown-certificate.ts'

const read = (file: string) =>
	new X509Certificate(readFileSync(new URL(`./testing/certificates/${file}.pem`, import.meta.url)))

/** exact.example, *.wild.example, *.example, a*.part.example, *.*.two.example, xn--*.puny.example, 192.0.2.7, 2001:db8::7 */
const names = read('names')
/** No names but that of its subject: in.the.subject.example. */
const nameless = read('nameless')

const isOf = (certificate: X509Certificate | undefined, host: string) => judgeName(certificate, host) === undefined

describe('a certificate', () => {
	it.each([
		'exact.example',
		'EXACT.Example',
		'www.wild.example',
		'xn--mnchen-3ya.wild.example',
		'client_a.wild.example',
		'192.0.2.7',
		'2001:db8::7',
	])('is of %s, as Node says of it too', (host) => {
		expect(isOf(names, host)).toBe(true)
		expect(checkServerIdentity(host, names.toLegacyObject())).toBeUndefined()
	})

	it.each([
		'wild.example',
		'two.deep.wild.example',
		'client_a.deep.wild.example',
		'client_a.wild_.example',
		'client_a.exact.example',
		'client_a.example',
		'a_b.part.example',
		'client a_.wild.example',
		'.wild.example', // to OpenSSL alone that asks for any name below
		'other.example.test',
		'notexact.example',
		'exact.example\0.evil.test',
		// Node and OpenSSL alike take a star for one label of three or more.
		'other.example',
		'a.b.two.example',
		'in.the.subject.example', // there are better names than the subject's
		'192.0.2.8',
		'192.0.2.07',
		'2001:db8::8',
		'2001:db8::7%eth0',
		'',
	])('is not of %j', (host) => {
		expect(judgeName(names, host)).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
	})

	it('is of no name that a star is a part of a label for, which Node would take (RFC 9525 §6.3)', () => {
		for (const host of ['abc.part.example', 'xn--abc.puny.example']) expect(isOf(names, host)).toBe(false)
	})

	it('is of its subject when it has no other names, as for Node', () => {
		expect(isOf(nameless, 'in.the.subject.example')).toBe(true)
		expect(checkServerIdentity('in.the.subject.example', nameless.toLegacyObject())).toBeUndefined()
		expect(isOf(nameless, 'the.subject.example')).toBe(false)
		expect(isOf(nameless, '192.0.2.7')).toBe(false)
	})

	it('that was not shown is of nobody', () => {
		expect(isOf(undefined, 'exact.example')).toBe(false)
	})
})
