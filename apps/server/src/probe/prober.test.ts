import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getPriority, tmpdir } from 'node:os'
import path from 'node:path'
import { Secret } from '@postern/vocabulary'
import { enclose } from '@postern/wp-client/testing/zoo-server'
import { GROUPED, USERNAME, wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { isAlive } from '../../../../scripts/testing/is-alive.ts'
import { plainReach } from '../store/connector/reach.ts'
import { createProber, type Prober, type ProberOptions } from './prober.ts'
import type { Wanted } from './prove.ts'

const secret = GROUPED.replaceAll(' ', '')
const stays = new AbortController().signal
const probers: Prober[] = []
const troubles: string[] = []
afterEach(() => {
	for (const prober of probers.splice(0)) prober.close()
	troubles.length = 0
})

function proberTo(port: number, more: Partial<ProberOptions> = {}): Prober {
	const prober = createProber({
		settings: { allowPrivate: `127.0.0.1:${port}`, userAgent: 'Postern/test', ownOrigins: [] },
		environment: { POSTERN_PLANTED: 'no' },
		onTrouble: ({ err }, message) => troubles.push(`${message}: ${String(err)}`),
		...more,
	})
	probers.push(prober)
	return prober
}

const wantedAt = (port: number, username = USERNAME): Wanted => ({
	type: 'wordpress-app',
	address: `http://127.0.0.1:${port}/`,
	origin: `http://127.0.0.1:${port}`,
	credential: { username, password: new Secret(GROUPED) },
	reach: plainReach,
})

/** A site that takes requests and keeps them until it is let go. */
async function silentSite() {
	let asked = 0
	const server = createServer(() => (asked += 1))
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	onTestFinished(() => {
		server.closeAllConnections()
		server.close()
	})
	// A server that listens on a port has an address with one.
	return { port: (server.address() as AddressInfo).port, asked: () => asked }
}

/** Another program in the place of the one that probes. */
function program(text: string): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'postern-probe-'))
	onTestFinished(() => rmSync(folder, { recursive: true }))
	const file = path.join(folder, 'program.mjs')
	writeFileSync(file, text)
	return file
}

async function pidOf(prober: Prober): Promise<number> {
	await expect.poll(() => prober.pid()).toBeDefined()
	return prober.pid() ?? 0
}

/** Hundredths of a second that it has run for (proc_pid_stat(5), utime). */
function cpuTicksOf(pid: number): number {
	return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[11])
}

describe('the probing process', () => {
	it('proves what is claimed, and names what is wrong, as one would here', async () => {
		const zoo = await enclose(wordpress({ applicationPasswords: 'on' }).animal)
		const prober = proberTo(zoo.httpPort)
		expect(prober.pid()).toBeUndefined() // nobody asked yet
		const proof = await prober.prove(wantedAt(zoo.httpPort), { signal: stays })
		expect(proof).toMatchObject({ ok: true, value: { account: { username: USERNAME } } })
		const wrong = await prober.prove(wantedAt(zoo.httpPort, 'nobody'), { signal: stays })
		expect(wrong).toMatchObject({ ok: false, diagnosis: { code: expect.stringMatching(/^site-credential\//) } })
		expect(JSON.stringify([proof, wrong])).not.toContain(secret)
	})

	it('goes behind everybody else, and knows nothing of the environment and the files of the server', async () => {
		const { port } = await silentSite()
		const prober = proberTo(port)
		const leaving = new AbortController()
		const asked = prober.prove(wantedAt(port), { signal: leaving.signal }).catch(() => undefined)
		const pid = await pidOf(prober)
		await expect.poll(() => getPriority(pid)).toBe(15)
		const [environment, line] = ['environ', 'cmdline'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8'))
		expect(environment?.split('\0').filter((entry) => !entry.startsWith('NODE_CHANNEL'))).toEqual([
			'POSTERN_PLANTED=no',
			'MALLOC_ARENA_MAX=1',
			'',
		])
		expect(line).not.toContain(secret)
		expect(line).toContain('--permission')
		leaving.abort()
		await asked
	})

	it('can read no data folder, and start no process', async () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'postern-data-'))
		onTestFinished(() => rmSync(folder, { recursive: true }))
		const key = path.join(folder, 'vault.key')
		writeFileSync(key, 'canary')
		const spying = program(`
			import { readFileSync } from 'node:fs'
			import { execSync } from 'node:child_process'
			const tried = (what) => { try { return String(what()) } catch (error) { return error.code } }
			process.on('message', (all) => process.send(all.filter(({ id }) => id).map(({ id }) => ({ id, proof: {
				read: tried(() => readFileSync(${JSON.stringify(key)})), ran: tried(() => execSync('id')) } }))))
		`)
		const proof = await proberTo(1, { program: spying }).prove(wantedAt(1), { signal: stays })
		expect(proof).toEqual({ read: 'ERR_ACCESS_DENIED', ran: 'ERR_ACCESS_DENIED' })
	})

	it('is started again when it dies, and what it was busy with is asked once more', async () => {
		const { port, asked } = await silentSite()
		const zoo = await enclose(wordpress({ applicationPasswords: 'on' }).animal)
		const allowPrivate = `127.0.0.1:${port} 127.0.0.1:${zoo.httpPort}`
		const settings = { allowPrivate, userAgent: 'Postern/test', ownOrigins: [] }
		const prober = proberTo(port, { settings })
		const lost = prober.prove(wantedAt(port), { signal: stays }).catch((error: unknown) => String(error))
		await expect.poll(asked).toBe(1)
		const first = prober.pid() ?? 0
		process.kill(first, 'SIGKILL')
		await expect.poll(asked).toBe(2)
		expect(prober.pid()).not.toBe(first)
		process.kill(prober.pid() ?? 0, 'SIGKILL')
		expect(await lost).toContain('ended twice')
		expect(troubles).toHaveLength(2)
		expect(troubles.join()).not.toContain(secret)
		expect((await prober.prove(wantedAt(zoo.httpPort), { signal: stays })).ok).toBe(true)
	})

	it('is ended when it hangs, and with it only what hung twice', async () => {
		const hanging = program(`process.on('message', (all) => { while (all.some(({ id }) => id)) ; })`)
		const prober = proberTo(1, { program: hanging, deadlineMs: 300 })
		await expect(prober.prove(wantedAt(1), { signal: stays })).rejects.toThrow('ended twice')
		expect(troubles.join()).toContain('no answer within 300 ms')
	})

	it('goes on for the others where one site is only slow, and says that of it', async () => {
		const { port, asked } = await silentSite()
		const other = await silentSite()
		const zoo = await enclose(wordpress({ applicationPasswords: 'on' }).animal)
		const allowPrivate = [port, other.port, zoo.httpPort].map((allowed) => `127.0.0.1:${allowed}`).join(' ')
		const settings = { allowPrivate, userAgent: 'x', ownOrigins: [] }
		const prober = proberTo(port, { settings, deadlineMs: 5_000 })
		// The process is there before a deadline begins that it could spend on starting.
		await prober.prove(wantedAt(zoo.httpPort), { signal: stays })
		const slow = prober.prove(wantedAt(port), { signal: stays })
		await expect.poll(asked).toBe(1)
		const leaving = new AbortController()
		const innocent = prober.prove(wantedAt(other.port), { signal: leaving.signal }).catch(() => undefined)
		const pid = prober.pid()
		expect(await slow).toMatchObject({
			ok: false,
			diagnosis: { code: 'network/timeout', params: { host: `127.0.0.1:${port}`, seconds: 5 } },
		})
		expect([prober.pid(), asked(), other.asked(), troubles]).toEqual([pid, 1, 1, []])
		leaving.abort()
		await innocent
	})

	it('ends when nobody asked for a while, and begins anew for the next', async () => {
		const zoo = await enclose(wordpress({ applicationPasswords: 'on' }).animal)
		const prober = proberTo(zoo.httpPort, { idleMs: 100 })
		await prober.prove(wantedAt(zoo.httpPort), { signal: stays })
		const pid = prober.pid() ?? 0
		await expect.poll(() => prober.pid()).toBeUndefined()
		await expect.poll(() => isAlive(pid)).toBe(false)
		expect((await prober.prove(wantedAt(zoo.httpPort), { signal: stays })).ok).toBe(true)
		expect(troubles).toEqual([])
	})

	it('ends when nobody waits for it any more, also where it hangs', async () => {
		const hanging = program(`process.on('message', (all) => { while (all.some(({ id }) => id)) ; })`)
		const prober = proberTo(1, { program: hanging, idleMs: 100 })
		const leaving = new AbortController()
		const asked = prober.prove(wantedAt(1), { signal: leaving.signal }).catch(() => undefined)
		const pid = await pidOf(prober)
		await expect.poll(() => cpuTicksOf(pid)).toBeGreaterThan(20)
		leaving.abort()
		await asked
		await expect.poll(() => isAlive(pid)).toBe(false)
	})

	it('ends with the process that started it, however that ends', async () => {
		const { port } = await silentSite()
		const parent = program(`
			import { createProber } from ${JSON.stringify(path.join(import.meta.dirname, 'prober.ts'))}
			import { Secret } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../../../packages/vocabulary/src/index.ts'))}
			const settings = { allowPrivate: '', userAgent: 'x', ownOrigins: [] }
			const prober = createProber({ settings, environment: {}, onTrouble: () => {} })
			const wanted = { type: 'wordpress-app', address: 'http://127.0.0.1:${port}/', origin: undefined,
				credential: { username: 'a', password: new Secret('b') }, reach: { transport: 'rest' } }
			await prober.prove(wanted, { signal: new AbortController().signal })
			process.send({ pid: prober.pid() })
			setInterval(() => {}, 1000)
		`)
		const started = fork(parent, { stdio: 'ignore' })
		const { pid } = await new Promise<{ pid: number }>((resolve) =>
			started.once('message', (told) => resolve(told as { pid: number })),
		)
		process.kill(pid, 0)
		started.kill('SIGKILL')
		await expect.poll(() => isAlive(pid)).toBe(false)
	})
})
