import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'
import { type Account, postgresBinaries, unprivilegedAccount } from './postgres-binaries.ts'

export type TestPostgres = {
	/** A database of our own, empty. */
	readonly databaseUrl: string
	/** Makes one more, and gives its address. */
	createDatabase(): Promise<string>
	/** Ends the server and removes all that was made. */
	stop(): Promise<void>
}

/**
 * Gives a PostgreSQL to test with: the one of `DATABASE_URL`, with databases of our own there, or one of our own on the
 * loopback that lives as long as this process at the most. Fails with what to do; a missing part is never skipped.
 */
export async function startPostgres(options: { isDurable?: boolean } = {}): Promise<TestPostgres> {
	const given = process.env['DATABASE_URL']
	const server = given === undefined ? await startServer(options.isDurable ?? false) : undefined
	const adminUrl = server?.adminUrl ?? given ?? ''
	const databases: string[] = []
	const createDatabase = async () => {
		const name = `postern_test_${randomBytes(8).toString('hex')}`
		await administer(adminUrl, `create database ${name}`)
		databases.push(name)
		return Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href
	}
	const stop = async () => {
		if (server !== undefined) return server.stop()
		for (const name of databases) await administer(adminUrl, `drop database if exists ${name} with (force)`)
	}
	try {
		return { databaseUrl: await createDatabase(), createDatabase, stop }
	} catch (error) {
		await stop()
		throw new Error('The tests could not create a database. With DATABASE_URL, its account needs CREATEDB.', {
			cause: error,
		})
	}
}

async function administer(adminUrl: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: adminUrl })
	await client.connect()
	try {
		await client.query(statement)
	} finally {
		await client.end()
	}
}

type Server = { readonly adminUrl: string; stop(): Promise<void> }

async function startServer(isDurable: boolean): Promise<Server> {
	const binaries = await postgresBinaries()
	const account = unprivilegedAccount()
	const folder = await mkdtemp(join(tmpdir(), 'postern-postgres-data-'))
	if (account !== undefined) await chown(folder, account.uid, account.gid)
	const remove = () => rm(folder, { recursive: true, force: true })
	try {
		const password = randomBytes(16).toString('hex')
		await initialize({ binaries, folder, account, password })
		const port = await freePort()
		const server = await run({ binaries, folder, account, port, isDurable })
		return {
			adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
			stop: async () => {
				await end(server)
				await remove()
			},
		}
	} catch (error) {
		await remove()
		throw error
	}
}

type Place = { readonly binaries: string; readonly folder: string; readonly account: Account | undefined }

async function initialize({ binaries, folder, account, password }: Place & { password: string }): Promise<void> {
	const passwordFile = join(folder, 'password')
	await writeFile(passwordFile, password, { mode: 0o600 })
	if (account !== undefined) await chown(passwordFile, account.uid, account.gid)
	// Not the C locale: what the store sorts must not depend on what a database was made with.
	const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en']
	const access = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
	const data = [`--pgdata=${join(folder, 'data')}`, '--no-sync']
	const initdb = spawn(join(binaries, 'bin/initdb'), [...data, ...access, ...locale], {
		...account,
		cwd: folder,
		stdio: ['ignore', 'ignore', 'pipe'],
	})
	const said = collect(initdb)
	const code = await new Promise((resolve, reject) => initdb.once('exit', resolve).once('error', reject))
	if (code !== 0) throw new Error(`PostgreSQL could not make its data folder:\n${said()}`)
	await rm(passwordFile)
}

/**
 * Ends the server and removes its folder when the pipe on its standard input closes: also when this process dies without
 * a word.
 */
const supervise = `
folder=$1; shift; cd /; exec 3<&0
"$@" </dev/null & server=$!
{ cat <&3 >/dev/null; kill -INT $server; } &
wait $server; status=$?
rm -rf "$folder"
exit $status`

async function run({ binaries, folder, account, port, isDurable }: Place & { port: number; isDurable: boolean }) {
	const settings = [
		'listen_addresses=127.0.0.1',
		`port=${port}`,
		'unix_socket_directories=',
		'timezone=UTC',
		...(isDurable ? [] : ['fsync=off', 'full_page_writes=off']),
	]
	const command = [join(binaries, 'bin/postgres'), '-D', join(folder, 'data')]
	const flags = settings.flatMap((setting) => ['-c', setting])
	const server = spawn('/bin/sh', ['-c', supervise, 'sh', folder, ...command, ...flags], {
		...account,
		stdio: ['pipe', 'ignore', 'pipe'],
	})
	const said = collect(server)
	await new Promise<void>((resolve, reject) => {
		server.stderr.on('data', () => said().includes('ready to accept connections') && resolve())
		server.once('error', reject)
		server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${said()}`)))
	})
	return server
}

function end(server: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		if (server.exitCode !== null) resolve()
		else server.once('exit', () => resolve())
		server.stdin?.end()
	})
}

const KEPT_CHARACTERS = 10_000

function collect(child: ChildProcess): () => string {
	let text = ''
	child.stderr?.on('data', (chunk: Buffer) => {
		text = `${text}${chunk.toString()}`.slice(-KEPT_CHARACTERS)
	})
	return () => text
}
