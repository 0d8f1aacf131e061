import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Secret } from '@postern/vocabulary'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Accounts } from '../accounts/accounts.ts'
import { openAccounts } from '../accounts/open-accounts.ts'
import { findRecoveryLink } from '../flows/recover.ts'
import { runUnattendedSetup } from '../flows/set-up.ts'
import { vaultKeyAt } from '../open-vault.ts'
import { type FoundStore, openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { operate } from './main.ts'
import { askRunningServer } from './operator-socket.ts'
import { serveOperator } from './serve-operator.ts'

const origin = 'https://postern.example'
let folder: string
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'postern-operate-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const keyOf = (dataFolder: string) => vaultKeyAt({ vaultKeyFile: path.join(dataFolder, 'vault.key'), dataFolder })

/** A store in which Ann has an account. */
async function openWithAnn(dataFolder = folder): Promise<{ store: Store; accounts: Accounts }> {
	const vaultKey = keyOf(dataFolder)
	const admit = (found: FoundStore) => vaultKey.admit(found)
	const opened = await openStore({ dataFolder, admit, auditKey: () => vaultKey.auditKey() })
	if (!opened.ok) throw new Error(opened.problem.code)
	const store = opened.value
	await vaultKey.keep(store)
	const accounts = await openAccounts({ store, secret: new Secret('s'.repeat(43)), origins: [origin] })
	const setup = { email: 'ann@example.com', username: 'Ann', password: new Secret('correct horse battery staple') }
	await runUnattendedSetup(setup, { accounts, store })
	return { store, accounts }
}

async function run(...args: string[]): Promise<{ status: number; said: string; complained: string }> {
	return runIn(folder, ...args)
}

async function runIn(dataFolder: string, ...args: string[]) {
	const lines = { said: [] as string[], complained: [] as string[] }
	const terminal = {
		say: (line: string) => lines.said.push(line),
		complain: (line: string) => lines.complained.push(line),
	}
	const settings = { dataFolder, databaseUrl: undefined, origins: [origin], vaultKey: keyOf(dataFolder) } as const
	const status = await operate(args, settings, terminal)
	return { status, said: lines.said.join('\n'), complained: lines.complained.join('\n') }
}

/** Somebody who opens the socket and says nothing. */
async function connectSilently(): Promise<void> {
	const socket = createConnection(path.join(folder, 'operator.sock'))
	await new Promise((resolve) => socket.once('connect', resolve))
}

const tokenIn = (said: string) => new Secret(/#([\w-]{43})$/.exec(said)?.[1] ?? '')
const visit = { ip: '127.0.0.1', userAgent: undefined, headers: new Headers(), cookies: [] }

describe('postern account recover', () => {
	it('prints a link that works, while no server runs', async () => {
		const first = await openWithAnn()
		await first.store.close()
		const { status, said } = await run('account', 'recover', 'ann')
		expect(status).toBe(0)
		expect(said).toMatch(/^A link for the account “Ann”\..*\nhttps:\/\/postern\.example\/recover#[\w-]{43}$/)
		const { store, accounts } = await openWithAnn()
		const found = await findRecoveryLink(visit, tokenIn(said), { accounts, store })
		expect(found).toMatchObject({ ok: true, value: { account: { username: 'Ann' }, link: { createdBy: null } } })
		await store.close()
	})

	it('prints a link that works, while the server runs on the same folder, and it is in the audit log', async () => {
		const { store, accounts } = await openWithAnn()
		const socket = await serveOperator(folder, { store, origin, now: () => new Date() })
		const { status, said } = await run('account', 'recover', 'ANN@example.com')
		expect(status).toBe(0)
		const found = await findRecoveryLink(visit, tokenIn(said), { accounts, store })
		expect(found).toMatchObject({ ok: true, value: { account: { username: 'Ann' } } })
		const events = await store.kysely.selectFrom('audit_event').selectAll().orderBy('seq', 'desc').execute()
		expect(events[0]).toMatchObject({
			event: 'account.recovery-link-created',
			actor_kind: 'operator',
			target_name: 'Ann',
		})
		expect(JSON.stringify(events)).not.toContain(tokenIn(said).reveal())
		await socket?.close()
		await store.close()
	})

	it('says so when there is no such account, with the server and without it', async () => {
		const { store } = await openWithAnn()
		const socket = await serveOperator(folder, { store, origin, now: () => new Date() })
		const asked = await run('account', 'recover', 'nobody')
		await socket?.close()
		await store.close()
		expect(asked).toEqual({ status: 2, said: '', complained: 'request/not-found: There is no account “nobody” here.' })
		expect(await run('account', 'recover', 'nobody')).toEqual(asked)
	})

	it('says who holds the folder when that one does not answer', async () => {
		const { store } = await openWithAnn()
		const { status, complained } = await run('account', 'recover', 'ann')
		expect(status).toBe(3)
		expect(complained).toContain('start/data-folder-in-use')
		expect(complained).toContain(String(process.pid))
		await store.close()
	})

	it('makes no installation where there is none', async () => {
		const { status, complained } = await run('account', 'recover', 'ann')
		expect(status).toBe(3)
		expect(complained).toContain('POSTERN_DATA')
		const missing = path.join(folder, 'missing')
		expect((await runIn(missing, 'account', 'recover', 'ann')).complained).toBe(complained)
		expect(existsSync(missing)).toBe(false)
		const opened = await openStore({
			dataFolder: folder,
			auditKey: () => new Uint8Array(32),
			admit: ({ vaultCanary }) => ({ ok: true, value: expect(vaultCanary).toBeUndefined() }),
		})
		expect(opened.ok).toBe(true)
		if (opened.ok) await opened.value.close()
	})

	it('explains itself', async () => {
		expect(await run('help')).toMatchObject({ status: 0, said: expect.stringContaining('account recover <username>') })
		for (const args of [
			[],
			['account'],
			['account', 'recover'],
			['account', 'recover', 'ann', 'bob'],
			['accounts', 'recover', 'ann'],
			['audit'],
			['audit', 'verify', 'all'],
		])
			expect(await run(...args)).toMatchObject({ status: 2, said: '', complained: expect.stringContaining('Usage') })
	})
})

describe('postern audit verify', () => {
	const whole = /^The installation: ok, \d+ entries\.\nWorkspace “.*” \(ws_\w+\): ok, 1 entries\.$/

	it('says that every log is whole, with the server and without it', async () => {
		const { store } = await openWithAnn()
		const socket = await serveOperator(folder, { store, origin, now: () => new Date() })
		const asked = await run('audit', 'verify')
		await socket?.close()
		await store.close()
		expect(asked).toEqual({ status: 0, said: expect.stringMatching(whole), complained: '' })
		expect(await run('audit', 'verify')).toEqual(asked)
	})

	it('T84 names the first entry that is not as it was written, with the server and without it', async () => {
		const { store } = await openWithAnn()
		const { id } = await store.kysely.selectFrom('workspace').select('id').executeTakeFirstOrThrow()
		await store.kysely.updateTable('audit_event').set({ at: 1 }).where('workspace_id', '=', id).execute()
		const socket = await serveOperator(folder, { store, origin, now: () => new Date() })
		const asked = await run('audit', 'verify')
		await socket?.close()
		await store.close()
		expect(asked).toMatchObject({ status: 3, complained: '' })
		expect(asked.said).toContain(`(${id}): BROKEN. Entry 1 was changed, removed or moved.`)
		expect(await run('audit', 'verify')).toEqual(asked)
	})

	it('reads nothing with the key of another installation', async () => {
		const { store } = await openWithAnn()
		await store.close()
		rmSync(path.join(folder, 'vault.key'))
		const other = path.join(folder, 'other')
		await (await openWithAnn(other)).store.close()
		copyFileSync(path.join(other, 'vault.key'), path.join(folder, 'vault.key'))
		const { status, said, complained } = await run('audit', 'verify')
		expect({ status, said }).toEqual({ status: 3, said: '' })
		expect(complained).toContain('start/vault-key')
	})
})

describe('the operator’s socket', () => {
	it('is for this user alone, replaces one that a killed server left, and goes with the server', async () => {
		writeFileSync(path.join(folder, 'operator.sock'), '')
		const { store } = await openWithAnn()
		const socket = await serveOperator(folder, { store, origin, now: () => new Date() })
		const { mode } = statSync(path.join(folder, 'operator.sock'))
		expect(mode & 0o777).toBe(0o600)
		await socket?.close()
		await store.close()
		expect((await run('account', 'recover', 'ann')).status).toBe(0)
	})

	it('refuses what is no command, and goes on', async () => {
		const { store } = await openWithAnn()
		const socket = await serveOperator(folder, { store, origin, now: () => new Date() })
		for (const request of [{}, null, { command: 'rm -rf', username: 'ann' }])
			expect(await askRunningServer(folder, request)).toMatchObject({
				ok: false,
				problem: { code: 'request/malformed' },
			})
		expect(await askRunningServer(folder, 'x'.repeat(100_000))).toBeUndefined()
		expect((await run('account', 'recover', 'ann')).status).toBe(0)
		await socket?.close()
		await store.close()
	})

	it('does not keep a server from stopping, whoever is still on it', async () => {
		const { store } = await openWithAnn()
		const socket = await serveOperator(folder, { store, origin, now: () => new Date() })
		await connectSilently()
		const startedAt = performance.now()
		await socket?.close()
		expect(performance.now() - startedAt).toBeLessThan(2_000)
		await store.close()
	})

	it('is left out where the folder’s path is too long for one, and the server runs all the same', async () => {
		const deep = path.join(folder, 'x'.repeat(120))
		mkdirSync(deep)
		const { store } = await openWithAnn(deep)
		expect(await serveOperator(deep, { store, origin, now: () => new Date() })).toBeUndefined()
		expect((await runIn(deep, 'account', 'recover', 'ann')).complained).toContain('start/data-folder-in-use')
		await store.close()
		expect((await runIn(deep, 'account', 'recover', 'ann')).status).toBe(0)
	})
})
