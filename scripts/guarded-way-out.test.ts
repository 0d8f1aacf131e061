import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './steps/root.ts'

/** How many arguments it takes until the ports: without them `@postern/wp-client` asks by `fetch`, past every guard. */
const places: Readonly<Record<string, number>> = {
	discover: 2,
	findXmlRpc: 2,
	verifySiteCredential: 3,
	verifyOverXmlRpc: 3,
	readLatestPosts: 3,
	tryDraft: 3,
	listSitePasswords: 3,
	listSitesOfLogin: 3,
	createSitePassword: 4,
	deleteSitePassword: 4,
}

/** What a file calls the functions that it imports, with the number of arguments that each needs. */
function importedBy(source: string): ReadonlyMap<string, number> {
	const lists = [...source.matchAll(/import \{([^}]*)\} from '@postern\/wp-client'/g)].map(([, list = '']) => list)
	const imported = lists.flatMap((list) => list.split(',')).map((item) => item.trim().split(' as '))
	return new Map(imported.flatMap(([name = '', alias = name]) => (name in places ? [[alias, places[name] ?? 0]] : [])))
}

/** Calls that leave the ports out, and uses of the unguarded way out itself. */
function unguarded(source: string): string[] {
	const calls = [...importedBy(source)].flatMap(([name, needed]) =>
		[...source.matchAll(new RegExp(`(?<![.\\w])${name}\\(`, 'g'))].flatMap(({ 0: call, index }) => {
			const rest = source.slice(index + call.length)
			const { count, isDeclared } = readArguments(rest)
			// A tuple is spread, whose length its type holds.
			return isDeclared || count >= needed || rest.startsWith('...') ? [] : [name]
		}),
	)
	return source.includes('askByFetch') ? [...calls, 'askByFetch'] : calls
}

/** Of the call whose opening bracket stands just before; a method of that name is declared, not called. */
function readArguments(source: string): { readonly count: number; readonly isDeclared: boolean } {
	let depth = 0
	let count = 0
	let isFilled = false
	for (const [at, character] of [...source].entries()) {
		if (depth === 0 && (character === ')' || character === ',')) {
			if (isFilled) count += 1
			isFilled = false
			if (character === ')') return { count, isDeclared: /^(?::| \{)/.test(source.slice(at + 1)) }
			continue
		}
		if (/[([{]/.test(character)) depth += 1
		if (/[)\]}]/.test(character)) depth -= 1
		if (/\S/.test(character)) isFilled = true
	}
	return { count, isDeclared: false }
}

const programs = globSync('apps/*/src/**/*.{ts,tsx}', { cwd: root }).filter(
	(path) => !/\.(test|testing)\.tsx?$/.test(path),
)

describe('the apps', () => {
	it('hand the guarded way out to whatever asks a site', () => {
		const sources = programs.map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }))
		expect(sources.filter(({ source }) => importedBy(source).size > 0).length).toBeGreaterThan(1)
		expect(sources.flatMap(({ path, source }) => unguarded(source).map((name) => `${path}: ${name}`))).toEqual([])
	})

	it('would be caught without it', () => {
		const found = (call: string) =>
			unguarded(`import { createSitePassword, discover as find, tryDraft } from '@postern/wp-client'\n${call}`)
		expect(found('await find(address)')).toEqual(['find'])
		expect(found('await find(address, ports); me.find(); const o = { find(a) { return 1 } }')).toEqual([])
		expect(found('createSitePassword(site, credential, { name, appId })')).toEqual(['createSitePassword'])
		expect(found('tryDraft(\n\tsite,\n\tmakeOne(credential, ports),\n)')).toEqual(['tryDraft'])
		expect(found('const ask = askByFetch')).toEqual(['askByFetch'])
	})
})
