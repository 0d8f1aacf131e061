import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DEFLATED = 8

/** Unpacks a ZIP archive without encryption or 64-bit sizes. `rename` may leave an entry out by giving undefined. */
export async function unzip(
	archive: string,
	folder: string,
	rename: (name: string) => string | undefined = (name) => name,
): Promise<void> {
	const bytes = await readFile(archive)
	for (const entry of readDirectory(bytes)) {
		const name = rename(entry.name)
		if (name === undefined || entry.name.endsWith('/')) continue
		const path = resolve(folder, name)
		if (!path.startsWith(resolve(folder) + sep)) throw new Error(`${archive} has an entry outside its folder`)
		await mkdir(dirname(path), { recursive: true })
		await writeFile(path, entry.method === DEFLATED ? inflateRawSync(entry.data) : entry.data)
	}
}

type Entry = { readonly name: string; readonly method: number; readonly data: Buffer }

function* readDirectory(bytes: Buffer): Generator<Entry> {
	let end = bytes.length - 22
	while (bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--
	let at = bytes.readUInt32LE(end + 16)
	for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
		const nameLength = bytes.readUInt16LE(at + 28)
		const local = bytes.readUInt32LE(at + 42)
		// The local header repeats name and extra fields, with lengths of its own.
		const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
		yield {
			name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
			method: bytes.readUInt16LE(at + 10),
			data: bytes.subarray(start, start + bytes.readUInt32LE(at + 20)),
		}
		at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
	}
}
