import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemCodes } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { root } from './steps/root.ts'

const rooms = ['packages', 'apps', 'conformance', 'e2e', 'scripts']
const left = new Set(['node_modules', 'dist', 'texts', 'contract'])

/** Every source file of ours, without the catalogue, its sentences, and the lists of the contract. */
function sources(folder: string): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name)
		if (entry.isDirectory()) return left.has(entry.name) ? [] : sources(path)
		return /\.tsx?$/.test(entry.name) && entry.name !== 'problems.ts' ? [path] : []
	})
}

const isOfTests = (path: string): boolean => /\.(test|testing)\.ts$/.test(path) || path.startsWith('e2e')
const files = rooms.flatMap(sources)
const textOf = (paths: readonly string[]): string =>
	paths.map((path) => readFileSync(join(root, path), 'utf8')).join('\n')
const tests = textOf(files.filter(isOfTests))
const program = textOf(files.filter((path) => !isOfTests(path)))
const unnamed = (text: string): readonly string[] => problemCodes.filter((code) => !text.includes(`'${code}'`))

describe('every code of the catalogue', () => {
	it('is said by the program', () => {
		expect(unnamed(program)).toEqual([])
	})

	it('is provoked in a test', () => {
		expect(unnamed(tests)).toEqual([])
	})

	it('would be missed if it were not there', () => {
		expect(unnamed('')).toHaveLength(problemCodes.length)
	})
})
