import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A test whose name begins with the numbers of the cases it proves. */
export type NumberedTest = {
	readonly file: string
	readonly numbers: readonly number[]
	readonly isOfWordPress: boolean
	readonly isOfUs: boolean
}

const root = join(import.meta.dirname, '../..')
const folders = '{packages/*/src,apps/*/src,conformance,e2e}/**/*.test.ts'

/** Reads the names of all tests of the repository from their files. */
export function readNumberedTests(): readonly NumberedTest[] {
	return globSync(folders, { cwd: root }).flatMap((file) => readFile(file))
}

function readFile(file: string): readonly NumberedTest[] {
	const tests: NumberedTest[] = []
	let asked = askedBy('')
	for (const line of readFileSync(join(root, file), 'utf8').split('\n')) {
		if (line.startsWith('describe')) asked = askedBy(line)
		for (const [, title = ''] of line.matchAll(/['"`](#\d+\b(?:[^'"`\\]|\\.)*)/g)) {
			if (/\b(?:it|test|describe)\.(?:skip|todo|fails)/.test(line)) continue
			tests.push({ file, numbers: numbersOf(title), ...(file.startsWith('conformance') ? asked : onlyUs) })
		}
	}
	return tests.filter(({ numbers }) => numbers.length > 0)
}

const onlyUs = { isOfWordPress: false, isOfUs: true } as const

/** Whom a `describe` asks: the targets it names; with `wordpressVersions` it compares WordPress with our own functions. */
function askedBy(line: string): { readonly isOfWordPress: boolean; readonly isOfUs: boolean } {
	const [, named] = /\btargets\((.*?)\)/.exec(line) ?? []
	if (named === undefined) return { isOfWordPress: line.includes('wordpressVersions'), isOfUs: true }
	return { isOfWordPress: named.includes('wordpress'), isOfUs: /postern|package/.test(named) }
}

function numbersOf(title: string): readonly number[] {
	return [...title.matchAll(/#(\d{1,3})\b/g)].map(([, digits]) => Number(digits))
}
