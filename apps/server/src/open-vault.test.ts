import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { vaultKeyAt } from './open-vault.ts'

function newFolder(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'postern-vault-'))
	onTestFinished(() => rmSync(folder, { recursive: true }))
	return folder
}

const fresh = { vaultCanary: undefined }

test('makes the data folder for its key, because with PostgreSQL nobody else does', () => {
	const dataFolder = path.join(newFolder(), 'data')
	const vaultKeyFile = path.join(dataFolder, 'vault.key')
	expect(vaultKeyAt({ vaultKeyFile, dataFolder }).admit(fresh)).toEqual({ ok: true, value: undefined })
	expect([dataFolder, vaultKeyFile].map((place) => statSync(place).mode & 0o777)).toEqual([0o700, 0o600])
})

test('makes no folder that an operator names: a mount may be missing', () => {
	const folder = newFolder()
	const vaultKeyFile = path.join(folder, 'secrets', 'vault.key')
	expect(vaultKeyAt({ vaultKeyFile, dataFolder: folder }).admit(fresh)).toMatchObject({
		problem: { code: 'start/vault-key' },
	})
})

test('names the setting of a data folder that cannot be made', () => {
	const file = path.join(newFolder(), 'file')
	writeFileSync(file, '')
	const dataFolder = path.join(file, 'data')
	expect(vaultKeyAt({ vaultKeyFile: path.join(dataFolder, 'vault.key'), dataFolder }).admit(fresh)).toMatchObject({
		problem: { code: 'start/configuration', params: { name: 'POSTERN_DATA' } },
	})
})
