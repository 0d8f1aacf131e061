import { randomBytes } from 'node:crypto'
import {
	closeSync,
	constants,
	existsSync,
	fstatSync,
	fsyncSync,
	linkSync,
	openSync,
	readFileSync,
	type Stats,
	unlinkSync,
	writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '@postern/vocabulary'
import { KEY_BYTES, type NamedKey, nameKey } from './sealed-box.ts'

/** The key that wraps all others. It stands in a file of its own, never in the store and never in a backup. */
export type KeyEncryptionKey = NamedKey

const MAX_FILE_BYTES = 1_024

/**
 * Reads the key from a file: 32 bytes as one line of hex or base64, readable by its owner only. With `create` a missing one is
 * made. Fails with `start/vault-key`.
 */
export function openKeySource({ path, create }: { path: string; create: boolean }): Result<KeyEncryptionKey> {
	try {
		if (create && !existsSync(path)) createKeyFile(path)
		return readKeyFile(path)
	} catch (error) {
		if (!(error instanceof Error) || !('code' in error)) throw error
		const reason = error.code === 'ENOENT' ? 'There is no such file.' : `It cannot be read (${String(error.code)}).`
		return fail('start/vault-key', { params: { path, reason }, cause: error })
	}
}

function readKeyFile(path: string): Result<KeyEncryptionKey> {
	const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK) // a pipe must not keep the start waiting
	try {
		const wrong = wrongWithFile(fstatSync(file))
		const bytes = wrong === undefined ? parseKey(readFileSync(file, 'utf8').trim()) : undefined
		if (bytes !== undefined) return ok(nameKey(bytes))
		const reason = wrong ?? `It does not hold ${KEY_BYTES} bytes as one line of hex or base64.`
		return fail('start/vault-key', { params: { path, reason } })
	} finally {
		closeSync(file)
	}
}

function wrongWithFile(stats: Stats): string | undefined {
	if (!stats.isFile()) return 'It is not a file.'
	if (stats.size > MAX_FILE_BYTES) return `It is longer than ${MAX_FILE_BYTES} bytes.`
	const mode = stats.mode & 0o777
	// Windows has no such bits and reports the same for every file.
	if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
		return `Others than its owner may use it (mode ${mode.toString(8).padStart(4, '0')}); 0600 is right.`
	}
	return undefined
}

const HEX = /^[0-9a-f]{64}$/i
const BASE64 = /^[A-Za-z0-9+/]{43}=$/

/** Gives undefined for anything but 32 bytes; Node's own decoding would skip what it does not know. */
function parseKey(line: string): Buffer | undefined {
	if (HEX.test(line)) return Buffer.from(line, 'hex')
	const bytes = BASE64.test(line) ? Buffer.from(line, 'base64') : undefined
	return bytes?.toString('base64') === line ? bytes : undefined
}

/** Makes the file whole or not at all; a file that exists already wins. */
function createKeyFile(path: string): void {
	const unfinished = `${path}.${randomBytes(6).toString('hex')}`
	const file = openSync(unfinished, 'wx', 0o600)
	try {
		writeFileSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`)
		fsyncSync(file)
		linkSync(unfinished, path) // unlike a rename it never replaces
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
	} finally {
		closeSync(file)
		unlinkSync(unfinished)
	}
	syncFolder(dirname(path))
}

/** A new name in a folder survives a power cut only when the folder was written too. */
function syncFolder(path: string): void {
	if (process.platform === 'win32') return // folders cannot be opened there
	const folder = openSync(path, 'r')
	try {
		fsyncSync(folder)
	} finally {
		closeSync(folder)
	}
}
