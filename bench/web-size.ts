import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { languages } from '@postern/vocabulary'
import { ensureWebBuilt } from '../scripts/steps/web-build.ts'
import type { Figure } from './figure.ts'

const dist = path.resolve(import.meta.dirname, '../apps/web/dist')

/** What Vite's manifest says of a file, as far as it matters here. */
type Chunk = {
	readonly file: string
	readonly isEntry?: boolean
	readonly imports?: readonly string[]
	readonly css?: readonly string[]
}
type Manifest = Readonly<Record<string, Chunk>>

/** What a browser loads before it can draw anything, in the language that takes most, and what it could load at the most; gzip, as sent. */
export async function run(): Promise<readonly Figure[]> {
	ensureWebBuilt()
	// Written by Vite itself a moment ago.
	const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8')) as Manifest
	const first = [...firstLoad(manifest), largest(sentencesIn(manifest))]
	const all = readdirSync(path.join(dist, 'assets')).map((name) => `assets/${name}`)
	return [
		figure('first load, JavaScript, gzip', first.filter(isScript), '< 270 kB'),
		figure('first load, style sheets, gzip', first.filter(isStyle)),
		figure('everything, JavaScript, gzip', all.filter(isScript)),
	]
}

const isScript = (file: string) => file.endsWith('.js')
const isStyle = (file: string) => file.endsWith('.css')

/** The entry, what it imports statically however deep, and their style sheets. */
function firstLoad(manifest: Manifest): readonly string[] {
	const seen = new Set<string>()
	const visit = (key: string) => {
		if (seen.has(key)) return
		seen.add(key)
		for (const next of manifest[key]?.imports ?? []) visit(next)
	}
	for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key)
	const files = [...seen].flatMap((key) => [manifest[key]?.file ?? [], manifest[key]?.css ?? []].flat())
	return [...new Set(files)]
}

/** The sentences of each language: the program asks for one of them before it draws. */
function sentencesIn(manifest: Manifest): readonly string[] {
	const files = languages.map((language) => manifest[`../../packages/vocabulary/src/catalogues/${language}.ts`]?.file)
	return files.map((file, index) => {
		if (file === undefined) throw new Error(`the sentences in ${languages[index]} are in no file of their own`)
		return file
	})
}

function largest(files: readonly string[]): string {
	return files.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0] ?? ''
}

function sizeOf(file: string): number {
	return gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length
}

function figure(name: string, files: readonly string[], aim?: string): Figure {
	const bytes = files.reduce((sum, file) => sum + sizeOf(file), 0)
	return { bench: 'web-size', figure: name, value: bytes / 1_000, unit: 'kB', ...(aim === undefined ? {} : { aim }) }
}
