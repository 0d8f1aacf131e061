import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import type { ProblemCode } from '@postern/vocabulary'
import { parseSiteAddress } from '@postern/wordpress'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseAllowRules } from './allow-rules.ts'
import urlCases from './bad-inputs/url.json' with { type: 'json' }
import type { EgressOptions } from './create-egress.ts'
import { findAddresses } from './find-addresses.ts'
import { listen, makeEgress } from './testing/servers.ts'

/** The corpus has its own labels for our codes. */
const codeOfLabel: Readonly<Record<string, ProblemCode>> = {
	url_required: 'address/required',
	url_format: 'address/malformed',
	url_too_long: 'address/too-long',
	url_scheme: 'address/scheme-unsupported',
	url_port: 'address/port-not-allowed',
	url_host: 'address/host-malformed',
	url_self: 'address/own',
	blocked_address: 'address/blocked',
}

type Case = {
	readonly id: string
	readonly label: string
	readonly input?: string
	readonly gen?: { prefix: string; repeat: string; times: number; suffix: string }
	readonly context?: { dns?: { A?: readonly string[]; AAAA?: readonly string[] } }
	readonly expect: { readonly outcome: string; readonly code?: string; readonly normalized?: string }
}
const cases: readonly Case[] = urlCases.cases
const outcomes = (outcome: string): readonly Case[] => cases.filter((one) => one.expect.outcome === outcome)

const inputOf = ({ input, gen }: Case): string =>
	gen === undefined ? (input ?? '') : gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix
const parse = (one: Case) => parseSiteAddress(inputOf(one), { ownOrigins: ['https://postern.example'] })

/** The names of the corpus; everything else is on the public internet. */
const resolveAs = ({ context }: Case) => {
	const { A = ['93.184.216.34'], AAAA = [] } = context?.dns ?? {}
	const answers = [...A.map((address) => ({ address, family: 4 })), ...AAAA.map((address) => ({ address, family: 6 }))]
	return async () => answers
}

const allowing = (text: string): EgressOptions['allow'] => {
	const rules = parseAllowRules(text)
	if (!rules.ok) throw new Error(text)
	return rules.value
}

let socketsOpened = 0
const countSocket = (): void => void (socketsOpened += 1)
beforeEach(() => {
	socketsOpened = 0
	subscribe('net.client.socket', countSocket)
})
afterEach(() => void unsubscribe('net.client.socket', countSocket))

// Some containers have none.
const hasIpv6 = Object.values(networkInterfaces()).some((one) => one?.some(({ address }) => address === '::1'))

async function startSink(): Promise<{ port: number; accepted: () => number }> {
	let count = 0
	const sink = createServer((_, response) => response.end('reached'))
	sink.on('connection', () => (count += 1))
	return { port: await listen(sink, hasIpv6 ? '::' : '0.0.0.0'), accepted: () => count }
}

const request = { method: 'GET', timeoutMs: 20_000, maxBytes: 1_000 } as const

describe('the corpus of addresses', () => {
	it('is complete', () => {
		expect(cases.length).toBe(74)
		expect(outcomes('block').length + outcomes('reject').length + outcomes('accept').length).toBe(cases.length)
	})

	it.each(outcomes('reject'))('$id, $label: is refused before anything is asked', (one) => {
		const parsed = parse(one)
		expect(parsed).toMatchObject({ ok: false, problem: { code: codeOfLabel[one.expect.code ?? ''] } })
	})

	it.each(outcomes('block'))('$id, $label: no socket is opened, and the answer is like every other', async (one) => {
		const parsed = parse(one)
		if (!parsed.ok) throw new Error(parsed.problem.code)
		const { port, accepted } = await startSink()
		const { url } = parsed.value
		url.port = String(port)
		const egress = makeEgress({ resolve: resolveAs(one), extraPorts: [port] })
		const answer = await egress.ask({ ...request, url })
		expect(answer).toEqual({
			ok: false,
			problem: { code: 'address/blocked', params: { host: url.hostname, allow: `${url.hostname}:${port}` } },
		})
		expect(accepted()).toBe(0)
		expect(socketsOpened).toBe(0)
	})

	it.each(outcomes('accept'))('$id, $label: is not blocked', async (one) => {
		const parsed = parse(one)
		if (!parsed.ok) throw new Error(parsed.problem.code)
		const { normalized } = one.expect
		if (normalized !== undefined) expect(parsed.value.url.href.replace(/\/$/, '')).toBe(normalized)
		const target = { host: parsed.value.asciiHost.replace(/^\[|\]$/g, ''), port: 443 }
		const guard = { allow: [], resolve: resolveAs(one), ports: new Set([443]) }
		expect(await findAddresses(target, guard)).toMatchObject({ ok: true })
	})
})

describe('a blocked address', () => {
	it('is reached once the operator allows the very value the failure shows, so the sink of these tests does count', async () => {
		const { port, accepted } = await startSink()
		const hosts = [
			'127.0.0.1',
			'localhost',
			'a.localhost',
			'[::ffff:127.0.0.1]',
			'wp.local',
			...(hasIpv6 ? ['[::1]'] : []),
		]
		for (const host of hosts) {
			const url = new URL(`http://${host}:${port}/`)
			const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
			const blocked = await makeEgress({ resolve, extraPorts: [port] }).ask({ ...request, url })
			if (blocked.ok) throw new Error(`${host} was reached`)
			const before = accepted()
			const egress = makeEgress({ resolve, allow: allowing(String(blocked.problem.params['allow'])) })
			expect(await egress.ask({ ...request, url })).toMatchObject({ ok: true, value: { status: 200 } })
			expect(accepted()).toBe(before + 1)
			expect(socketsOpened).toBeGreaterThan(0)
		}
	})

	it('stays blocked when a rule allows another address or port', async () => {
		const { port, accepted } = await startSink()
		const egress = makeEgress({ allow: allowing(`127.0.0.2 127.0.0.1:${port + 1} 10.0.0.0/8`), extraPorts: [port] })
		const answer = await egress.ask({ ...request, url: new URL(`http://127.0.0.1:${port}/`) })
		expect(answer).toMatchObject({ ok: false, problem: { code: 'address/blocked' } })
		expect(accepted()).toBe(0)
	})

	it('of a cloud stays blocked whatever the operator allows, with the same answer', async () => {
		const allow = allowing(
			'169.254.0.0/16 fd00::/8 100.64.0.0/10 [::ffff:169.254.169.254] metadata.google.internal meta.test',
		)
		const resolve = async () => [{ address: '169.254.169.254', family: 4 }]
		const egress = makeEgress({ allow, resolve })
		const hosts = [
			'169.254.169.254',
			'[fd00:ec2::254]',
			'100.100.100.200',
			'[::ffff:169.254.169.254]',
			'[64:ff9b::a9fe:a9fe]',
		]
		for (const host of [...hosts, 'metadata.google.internal', 'METADATA.google.internal.', 'meta.test']) {
			const url = new URL(`http://${host}/latest/meta-data/`)
			const hostname = url.hostname.replace(/\.$/, '')
			expect(await egress.ask({ ...request, url })).toEqual({
				ok: false,
				problem: { code: 'address/blocked', params: { host: hostname, allow: `${hostname}:80` } },
			})
		}
		expect(socketsOpened).toBe(0)
	})
})

describe('a resolver that lies', () => {
	it.each([
		['one private among public addresses', ['93.184.216.34', '10.0.0.5']],
		['a loopback IPv6 address behind a public IPv4 one', ['93.184.216.34', '::1']],
		['a mapped address', ['::ffff:127.0.0.1']],
		['a metadata address', ['169.254.169.254']],
		['what is no address at all', ['93.184.216.34', 'localhost']],
		['an address with a zone', ['fe80::1%eth0']],
	])('cannot smuggle in %s', async (_, addresses) => {
		const resolve = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
		const answer = await makeEgress({ resolve }).ask({ ...request, url: new URL('http://blog.example/') })
		expect(answer).toMatchObject({
			ok: false,
			problem: { code: 'address/blocked', params: { allow: 'blog.example:80' } },
		})
		expect(socketsOpened).toBe(0)
	})

	it('is asked once a connection: a second answer never slips in between check and connect', async () => {
		const { port, accepted } = await startSink()
		const good = createServer((_, response) => response.setHeader('connection', 'close').end('good'))
		const goodPort = await listen(good)
		const sinkAddress = '::1'
		let asked = 0
		const resolve = async () => {
			asked += 1
			return [asked === 1 ? { address: '127.0.0.1', family: 4 } : { address: sinkAddress, family: 6 }]
		}
		const egress = makeEgress({ resolve, allow: allowing(`127.0.0.1:${goodPort}`), extraPorts: [port] })
		const url = new URL(`http://rebind.test:${goodPort}/`)
		expect(await egress.ask({ ...request, url })).toMatchObject({ ok: true, value: { status: 200 } })
		expect(asked).toBe(1)
		expect(await egress.ask({ ...request, url })).toMatchObject({ ok: false, problem: { code: 'address/blocked' } })
		expect(asked).toBe(2)
		expect(accepted()).toBe(0)
	})

	it('gets public, then loopback, a thousand times, without one hit', async () => {
		let asked = 0
		const resolve = async () => [{ address: (asked += 1) % 2 === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }]
		const guard = { allow: [], resolve, ports: new Set([80]) }
		for (let round = 0; round < 500; round += 1) {
			const pinned = { ok: true, value: [{ address: '93.184.216.34', family: 4 }] }
			expect(await findAddresses({ host: 'rebind.test', port: 80 }, guard)).toEqual(pinned)
			expect((await findAddresses({ host: 'rebind.test', port: 80 }, guard)).ok).toBe(false)
		}
	})

	it('is never asked for localhost', async () => {
		const resolve = async () => [{ address: '93.184.216.34', family: 4 }]
		const egress = makeEgress({ resolve })
		for (const host of ['localhost', 'a.localhost', 'localhost.', 'LOCALHOST']) {
			const answer = await egress.ask({ ...request, url: new URL(`http://${host}/`) })
			expect(answer).toMatchObject({ ok: false, problem: { code: 'address/blocked' } })
		}
		expect(socketsOpened).toBe(0)
	})
})

it('takes as long over every kind of blocked address, however soon it knows', async () => {
	const slowly = async () => {
		await setTimeout(60)
		return [{ address: '192.168.0.1', family: 4 }]
	}
	const egress = makeEgress({ resolve: slowly, blockedAnswerMs: 100 })
	for (const host of ['127.0.0.1', 'localhost', 'metadata.google.internal', 'intranet.example']) {
		const startedAt = performance.now()
		await egress.ask({ ...request, url: new URL(`http://${host}/`) })
		expect(performance.now() - startedAt, host).toBeGreaterThan(98)
	}
})

describe('what an address may not hold, whoever named it', () => {
	const egress = () =>
		makeEgress({ allow: allowing('127.0.0.1:9000'), resolve: async () => [{ address: '1.1.1.1', family: 4 }] })

	it.each([0, 22, 25, 3306, 6379, 9000, 65_535])('refuses port %i of a public site', async (port) => {
		const answer = await egress().ask({ ...request, url: new URL(`http://blog.example:${port}/`) })
		expect(answer).toEqual({ ok: false, problem: { code: 'address/port-not-allowed', params: { port } } })
		expect(socketsOpened).toBe(0)
	})

	it.each([
		['ftp://blog.example/', 'address/scheme-unsupported'],
		['file:///etc/passwd', 'address/scheme-unsupported'],
		['javascript:alert(1)', 'address/scheme-unsupported'],
		['https://user:pw@blog.example/', 'address/credentials-inside'],
	])('refuses %s', async (address, code) => {
		expect(await egress().ask({ ...request, url: new URL(address) })).toMatchObject({ ok: false, problem: { code } })
		expect(socketsOpened).toBe(0)
	})
})
