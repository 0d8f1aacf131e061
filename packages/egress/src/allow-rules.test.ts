import { describe, expect, it } from 'vitest'
import { parseAddress } from './address-ranges.ts'
import { isAllowed, parseAllowRules, portsOf } from './allow-rules.ts'

const read = (text: string) => {
	const rules = parseAllowRules(text)
	if (!rules.ok) throw new Error(`not readable: ${text}`)
	return rules.value
}
const allows = (text: string, host: string, written: string, port: number): boolean => {
	const address = parseAddress(written)
	if (address === undefined) throw new Error(`not an address: ${written}`)
	return read(text).some((rule) => isAllowed({ host, address, port }, rule))
}

const words = (text: string): string[] => text.trim().split(/\s+/)

describe('parseAllowRules', () => {
	it('reads nothing as no exception', () => {
		expect(read('')).toEqual([])
		expect(read(' ,\n ')).toEqual([])
	})

	it('takes commas, spaces and lines between entries', () => {
		expect(read('127.0.0.1:8080, [::1]:8080\nwp.local 10.0.0.0/8')).toHaveLength(4)
	})

	it('names the ports that entries open', () => {
		expect(
			portsOf(read('127.0.0.1:8081 [::1]:8082 10.0.0.0/8:8083 [fd00::]/8:8084 fd00::/8:8085 wp.local wp.lan:8081')),
		).toEqual([8081, 8082, 8083, 8084, 8085])
	})

	it.each(
		words(`
			http://127.0.0.1:8080 127.0.0.1:0 127.0.0.1:65536 127.0.0.1:x 10.0.0.0/33 10.0.0.0/ 10.0.0.0/-1
			0.0.0.0/0 ::/0 127.1 0x7f.0.0.1 1.2.3.4.5 * *.local wp..local -wp.local [::1 ::1]:80
			[wp.local]:80 fe80::1%eth0 a/b wp.local/8 :80 127.0.0.1:80:81
			${'a'.repeat(64)}.local
		`),
	)('stops the start at %s, and says which entry', (entry) => {
		const rules = parseAllowRules(`127.0.0.1:8080, ${entry}`)
		expect(rules).toMatchObject({
			ok: false,
			problem: { code: 'start/configuration', params: { name: 'POSTERN_ALLOW_PRIVATE' } },
		})
		if (!rules.ok) expect(rules.problem.params['reason']).toContain(`"${entry}"`)
	})
})

describe('isAllowed', () => {
	it('holds for the address and port of an entry, and for no other', () => {
		expect(allows('127.0.0.1:8080', 'x.test', '127.0.0.1', 8080)).toBe(true)
		expect(allows('127.0.0.1:8080', 'x.test', '127.0.0.1', 8081)).toBe(false)
		expect(allows('127.0.0.1:8080', 'x.test', '127.0.0.2', 8080)).toBe(false)
		expect(allows('127.0.0.1', 'x.test', '127.0.0.1', 443)).toBe(true)
	})

	it('holds for a network to its last address', () => {
		expect(allows('10.0.0.0/8:443', 'x.test', '10.255.255.255', 443)).toBe(true)
		expect(allows('10.0.0.0/8', 'x.test', '11.0.0.0', 443)).toBe(false)
		expect(allows('fd00::/8', 'x.test', 'fdff::1', 443)).toBe(true)
		expect(allows('10.1.2.3/8', 'x.test', '10.9.9.9', 443)).toBe(true)
	})

	it('sees one address in its plain and its mapped spelling', () => {
		expect(allows('127.0.0.1:80', '::ffff:7f00:1', '::ffff:127.0.0.1', 80)).toBe(true)
		expect(allows('[::ffff:127.0.0.1]:80', 'x.test', '127.0.0.1', 80)).toBe(true)
		expect(allows('::ffff:10.0.0.0/104', 'x.test', '10.1.1.1', 80)).toBe(true)
	})

	it('holds for a name, wherever in private networks it leads', () => {
		expect(allows('WP.local.:80', 'wp.local', '192.168.1.5', 80)).toBe(true)
		expect(allows('localhost:8080', 'localhost', '::1', 8080)).toBe(true)
		expect(allows('wp.local:80', 'other.local', '192.168.1.5', 80)).toBe(false)
		expect(allows('wp.local:80', 'wp.local', '169.254.1.1', 80)).toBe(false)
		expect(allows('wp.local:80', 'wp.local', '255.255.255.255', 80)).toBe(false)
	})

	it.each([
		['169.254.169.254:80', '169.254.169.254', '169.254.169.254'],
		['169.254.0.0/16', 'x.test', '169.254.169.254'],
		['[fd00:ec2::254]:80', 'fd00:ec2::254', 'fd00:ec2::254'],
		['fd00::/8', 'x.test', 'fd00:ec2::254'],
		['100.64.0.0/10', 'x.test', '100.100.100.200'],
		['[::ffff:169.254.169.254]:80', '::ffff:a9fe:a9fe', '::ffff:169.254.169.254'],
		['64:ff9b::/96', 'x.test', '64:ff9b::a9fe:a9fe'],
		['x.test', 'x.test', '100.100.100.200'],
	])('never opens the metadata address behind %s', (rules, host, address) => {
		expect(allows(rules, host, address, 80)).toBe(false)
	})
})
