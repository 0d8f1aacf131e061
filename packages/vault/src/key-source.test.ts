import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkCanary, createCanary } from './canary.ts'
import { openKeySource } from './key-source.ts'
import { randomKek } from './vault.testing.ts'

let folder = ''
let path = ''

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'postern-key-'))
	path = join(folder, 'vault.key')
})
afterEach(() => rmSync(folder, { recursive: true }))

function reasonFor(content: string | Buffer, mode = 0o600): unknown {
	writeFileSync(path, content)
	chmodSync(path, mode)
	return reason()
}

function reason(create = false): unknown {
	const opened = openKeySource({ path, create })
	if (opened.ok) return undefined
	expect(opened.problem).toMatchObject({ code: 'start/vault-key', params: { path } })
	return opened.problem.params['reason']
}

describe('the key file', () => {
	it('is made once, for its owner only, and read ever after', () => {
		const first = openKeySource({ path, create: true })
		const content = readFileSync(path, 'utf8')
		const again = openKeySource({ path, create: true })
		const read = openKeySource({ path, create: false })
		expect(content).toMatch(/^[0-9a-f]{64}\n$/)
		expect(statSync(path).mode & 0o777).toBe(0o600)
		expect(readFileSync(path, 'utf8')).toBe(content)
		expect(first.ok && again.ok && read.ok && [first.value.id, again.value.id, read.value.id]).toEqual(
			Array(3).fill(first.ok && first.value.id),
		)
		expect(readdirSync(folder)).toEqual(['vault.key'])
	})

	it('is not made when it should be there', () => {
		expect(reason()).toBe('There is no such file.')
		expect(readdirSync(folder)).toEqual([])
	})

	it('may be given as hex or as base64', () => {
		const key = randomBytes(32)
		const ids = [key.toString('hex'), key.toString('hex').toUpperCase(), `${key.toString('base64')}\n`].map(
			(content) => {
				writeFileSync(path, content, { mode: 0o600 })
				const opened = openKeySource({ path, create: false })
				return opened.ok ? opened.value.id : opened.problem.params['reason']
			},
		)
		expect(new Set(ids).size).toBe(1)
		expect(ids[0]).toMatch(/^[0-9a-f]{16}$/)
	})

	it.each([
		['nothing', ''],
		['31 bytes', randomBytes(31).toString('hex')],
		['33 bytes', randomBytes(33).toString('hex')],
		['31 bytes in base64', randomBytes(31).toString('base64')],
		['33 bytes in base64', randomBytes(33).toString('base64')],
		['junk that a lax decoder skips', `${randomBytes(32).toString('base64').slice(0, 20)}\u0000!${'A'.repeat(22)}=`],
		['bits after the last byte', `${'A'.repeat(42)}B=`],
		['two lines', `${randomBytes(32).toString('hex')}\n${randomBytes(32).toString('hex')}\n`],
		['raw bytes', randomBytes(32)],
	])('is refused when it holds %s', (_, content) => {
		expect(reasonFor(content)).toBe('It does not hold 32 bytes as one line of hex or base64.')
	})

	it.each([0o640, 0o604, 0o660, 0o620, 0o610, 0o666, 0o777])('is refused when its mode is %o', (mode) => {
		expect(reasonFor(randomBytes(32).toString('hex'), mode)).toContain('0600 is right')
	})

	it('is refused when it is a folder, a pipe or very long', () => {
		mkdirSync(path)
		expect(reason()).toBe('It is not a file.')
		rmSync(path, { recursive: true })
		expect(spawnSync('mkfifo', ['-m', '600', path]).status).toBe(0)
		expect(reason()).toBe('It is not a file.')
		rmSync(path)
		expect(reasonFor('a'.repeat(1_025))).toBe('It is longer than 1024 bytes.')
	})

	it('is refused when its folder is missing, also when it should be made', () => {
		path = join(folder, 'missing', 'vault.key')
		expect(reason(true)).toBe('There is no such file.')
	})

	it('shows nothing of the key it made', () => {
		const opened = openKeySource({ path, create: true })
		const key = readFileSync(path, 'utf8').trim()
		expect(JSON.stringify(opened)).not.toContain(key)
	})
})

describe('the canary', () => {
	it('sings for its own key and for no other', () => {
		const kek = randomKek()
		const canary = createCanary(kek)
		expect(checkCanary(kek, canary, path)).toEqual({ ok: true, value: undefined })
		expect(checkCanary(randomKek(), canary, path)).toMatchObject({
			ok: false,
			problem: { code: 'start/vault-key', params: { path, reason: 'It is not the key this store was sealed with.' } },
		})
	})

	it('is silent when it was changed, emptied or cut', () => {
		const kek = randomKek()
		const canary = createCanary(kek)
		for (let index = 0; index < canary.length; index += 1) {
			const changed = Uint8Array.from(canary)
			changed[index] = (changed[index] ?? 0) ^ 1
			expect(checkCanary(kek, changed, path).ok).toBe(false)
			expect(checkCanary(kek, canary.subarray(0, index), path).ok).toBe(false)
		}
	})
})
