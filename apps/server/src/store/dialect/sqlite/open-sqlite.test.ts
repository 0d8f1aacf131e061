import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
	chmodSync,
	cpSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail, ok } from '@postern/vocabulary'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accessOf } from '../../cases/access.testing.ts'
import { auditKey, openAt } from '../../cases/place.testing.ts'
import { openStore } from '../../open-store.ts'
import { StoreTrouble } from '../../store-trouble.ts'

let folder = ''
let dataFolder = ''

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'postern-sqlite-'))
	dataFolder = join(folder, 'a', 'data')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the data folder', () => {
	it('is made for its owner only, and so is everything in it', async () => {
		const store = await openAt({ dataFolder })
		await store.workspaces.create('Ours')
		expect(statSync(dataFolder).mode & 0o777).toBe(0o700)
		const names = readdirSync(dataFolder)
		expect(names).toEqual(expect.arrayContaining(['postern.db', 'postern.db-wal', 'lock.db']))
		for (const name of names) expect([name, statSync(join(dataFolder, name)).mode & 0o777]).toEqual([name, 0o600])
		await store.close()
	})

	it('is refused to a second store, by path and process, until the first is closed', async () => {
		const store = await openAt({ dataFolder })
		const refused = { code: 'start/data-folder-in-use', params: { path: dataFolder, pid: process.pid } }
		expect(await openStore({ auditKey, dataFolder })).toMatchObject({ ok: false, problem: refused })
		expect(await store.workspaces.create('The first goes on')).toBeDefined()
		await store.close()
		await (await openAt({ dataFolder })).close()
	})

	it('is refused while another process has it, and free as soon as that is killed', async () => {
		const first = await openAt({ dataFolder })
		const { id } = await first.workspaces.create('Ours') // without one the process would end by itself
		await first.close()
		const script = join(import.meta.dirname, '../../cases/save-in-a-loop.testing.ts')
		const holder = spawn(process.execPath, [script, JSON.stringify({ dataFolder }), id], {
			stdio: ['ignore', 'pipe', 'ignore'],
		})
		const gone = new Promise((resolve) => holder.once('close', resolve))
		await new Promise((resolve) => holder.stdout.once('data', resolve))
		holder.kill('SIGSTOP')
		const refused = { code: 'start/data-folder-in-use', params: { path: dataFolder, pid: holder.pid } }
		expect(await openStore({ auditKey, dataFolder })).toMatchObject({ ok: false, problem: refused })
		holder.kill('SIGKILL')
		await gone
		await (await openAt({ dataFolder })).close()
	})

	it('is named when it cannot be one', async () => {
		writeFileSync(join(folder, 'file'), '')
		const opened = await openStore({ auditKey, dataFolder: join(folder, 'file', 'data') })
		expect(opened).toMatchObject({
			ok: false,
			problem: { code: 'start/configuration', params: { name: 'POSTERN_DATA' } },
		})
	})

	it('is left byte for byte as it was when it may not be used', async () => {
		const store = await openAt({ dataFolder })
		await store.workspaces.create('Ours')
		const future = sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01T00:00:00.000Z')`
		await future.execute(store.kysely)
		const crashed = join(folder, 'crashed') // as after a power cut: the journal is not in the database yet
		cpSync(dataFolder, crashed, { recursive: true })
		await store.close()
		for (const path of [dataFolder, crashed]) {
			const before = fingerprint(path)
			expect(await openStore({ auditKey, dataFolder: path })).toMatchObject({
				problem: { code: 'start/data-folder-newer' },
			})
			expect(fingerprint(path)).toEqual(before)
		}
	})

	it('is left as it was when the key is wrong', async () => {
		await (await openAt({ dataFolder })).close()
		const before = fingerprint(dataFolder)
		const opened = await openStore({ auditKey, dataFolder, admit: () => fail('start/vault-key') })
		expect(opened).toMatchObject({ problem: { code: 'start/vault-key' } })
		expect(fingerprint(dataFolder)).toEqual(before)
	})
})

it('an entry of the gateway is answered for once the disk has it, and everything else waits as before', async () => {
	const store = await openAt({ dataFolder })
	const { id } = await store.workspaces.create('Ours')
	await store.gatewayConnectors.findBySlug('opens-the-reader')
	const commit = () => store.accessJournal.commit(accessOf(id, { isWrite: true }), null)
	const waits = async () => (await sql`pragma synchronous`.execute(store.kysely)).rows
	const [log, away] = [join(dataFolder, 'postern.db-wal'), join(folder, 'away')]
	renameSync(log, away)
	expect(await commit()).toMatchObject({ ok: false, problem: { code: 'gateway/record-unavailable' } })
	expect(await waits()).toEqual([{ synchronous: 2 }])
	renameSync(away, log)
	expect((await commit()).ok).toBe(true)
	expect(await waits()).toEqual([{ synchronous: 2 }])
	expect(await store.audit.verify(id)).toMatchObject({ isWhole: true })
	await store.close()
})

describe('trouble', () => {
	it('is called a full store when the disk is full, undoes the transaction, and passes when there is room', async () => {
		const store = await openAt({ dataFolder })
		const { page_count: pages } =
			(await sql<{ page_count: number }>`pragma page_count`.execute(store.kysely)).rows[0] ?? {}
		await sql`pragma max_page_count = ${sql.lit(Number(pages) + 3)}`.execute(store.kysely)
		const fill = async () => {
			for (;;) await store.workspaces.create('x'.repeat(1_000))
		}
		await expect(fill()).rejects.toMatchObject({ problem: { code: 'store/full' } })
		await expect(fill()).rejects.toBeInstanceOf(StoreTrouble)
		const before = await store.kysely.selectFrom('workspace').select('id').execute()
		const result = await store.transaction(async ({ workspaces }) => {
			await workspaces.create('small')
			return ok(await workspaces.create('x'.repeat(100_000)))
		})
		expect(result).toMatchObject({ ok: false, problem: { code: 'store/full' } })
		expect(await store.kysely.selectFrom('workspace').select('id').execute()).toEqual(before)
		await sql`pragma max_page_count = 100000`.execute(store.kysely)
		expect(await store.workspaces.create('x'.repeat(100_000))).toBeDefined()
		expect((await sql`pragma integrity_check`.execute(store.kysely)).rows).toEqual([{ integrity_check: 'ok' }])
		await store.close()
	})

	it('is called an unavailable store when the file is not a database', async () => {
		await (await openAt({ dataFolder })).close()
		writeFileSync(join(dataFolder, 'postern.db'), 'not a database at all '.repeat(100))
		chmodSync(join(dataFolder, 'postern.db'), 0o600)
		expect(await openStore({ auditKey, dataFolder })).toMatchObject({
			ok: false,
			problem: { code: 'store/unavailable' },
		})
	})

	it('says nothing of a value in its message', async () => {
		const store = await openAt({ dataFolder })
		await sql`pragma max_page_count = 1`.execute(store.kysely)
		const attempt = store.workspaces.create(`canary-${'x'.repeat(1_000_000)}`)
		await expect(attempt).rejects.toThrow(/^store\/full$/)
		await store.close()
	})
})

/** What is in the database and its journal, and when they were written. */
function fingerprint(path: string): unknown {
	return ['postern.db', 'postern.db-wal']
		.filter((name) => readdirSync(path).includes(name) && statSync(join(path, name)).size > 0)
		.map((name) => {
			const file = join(path, name)
			return [name, createHash('sha256').update(readFileSync(file)).digest('hex'), statSync(file).mtimeMs]
		})
}
