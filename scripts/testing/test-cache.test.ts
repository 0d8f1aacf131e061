import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { cached, cacheFolder } from './test-cache.ts'

const corner = `test-cache-${randomUUID()}`
afterAll(() => rm(join(cacheFolder, corner), { recursive: true, force: true }))

it('makes a folder once, however many ask at once, and shows it to nobody before it is whole', async () => {
	let made = 0
	const make = async (folder: string): Promise<void> => {
		made += 1
		await delay(150)
		expect(existsSync(join(cacheFolder, corner, 'once'))).toBe(false)
		await writeFile(join(folder, 'file'), 'whole')
	}
	const folders = await Promise.all([1, 2, 3].map(() => cached(`${corner}/once`, make)))
	expect(made).toBe(1)
	for (const folder of folders) expect(await readFile(join(folder, 'file'), 'utf8')).toBe('whole')
})

it('leaves nothing behind when making fails, and makes it the next time', async () => {
	const broken = cached(`${corner}/broken`, () => Promise.reject(new Error('no network')))
	await expect(broken).rejects.toThrow('no network')
	expect((await readdir(join(cacheFolder, corner))).filter((name) => name.startsWith('broken'))).toEqual([])
	expect(existsSync(await cached(`${corner}/broken`, async () => {}))).toBe(true)
})

it('takes over from a process that died while it made the folder', async () => {
	const { pid } = spawnSync(process.execPath, ['--version'])
	const folder = join(cacheFolder, corner, 'orphan')
	await mkdir(`${folder}.${pid}.unfinished`, { recursive: true })
	await writeFile(`${folder}.lock`, String(pid))
	await cached(`${corner}/orphan`, (unfinished) => writeFile(join(unfinished, 'file'), ''))
	expect((await readdir(join(cacheFolder, corner))).filter((name) => name.startsWith('orphan'))).toEqual(['orphan'])
})
