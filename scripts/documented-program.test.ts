import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { endpoints } from '@postern/api/contract'
import { problemCodes } from '@postern/vocabulary'
import { expect, it } from 'vitest'
import { root } from './steps/root.ts'

// What the documents say of the program. Decisions (docs/adr) are documents of their day.
const documents = globSync(['*.md', 'docs/*.md', 'packages/*/README.md', '{conformance,e2e}/README.md'], { cwd: root })
const said = documents.map((document) => read(document)).join('\n')
const commands = Object.keys(readPackage().scripts)

it('README.md lists the settings that the program reads, and no other', () => {
	const rows = read('README.md').matchAll(/^\| (`(?:PORT|DATABASE_URL|POSTERN_).*?) \|/gm)
	const listed = [...rows].flatMap(([, names = '']) => names.match(/[A-Z_]+/g) ?? [])
	expect(listed.toSorted()).toEqual(settingsRead())
	expect(listed.length).toBeGreaterThan(20)
})

it('no document names a setting that nobody reads', () => {
	const everything = readAll('{conformance,apps,scripts}/**/*.ts', /node_modules|documented-program/)
	const named = new Set(said.match(/\bPOSTERN_[A-Z_]*[A-Z]\b/g))
	expect([...named].filter((name) => !everything.includes(name))).toEqual([])
})

it('CONTRIBUTING.md names every command, and every command that a document names is there', () => {
	const table = read('CONTRIBUTING.md')
	expect(commands.filter((command) => !table.includes(spelled(command)))).toEqual([])
	const named = new Set([...said.matchAll(/npm run ([a-z0-9:]+)/g)].map(([, command = '']) => command))
	expect([...named].filter((command) => !commands.includes(command))).toEqual([])
	const benches = [...said.matchAll(/npm run bench -- ([a-z-]+)/g)].map(([, name = '']) => name)
	expect(benches.filter((name) => !existsSync(join(root, 'bench', `${name}.ts`)))).toEqual([])
	const operations = [...said.matchAll(/npm run postern -- (\w+ \w+)/g)].map(([, words = '']) => words)
	const usage = read('apps/server/src/operate/main.ts')
	expect(operations.filter((words) => !usage.includes(words))).toEqual([])
	expect([named.size > 10, benches.length, operations.length > 1]).toEqual([true, 1, true])
})

it('the addresses of the API in the documents are in the contract', () => {
	const served = endpoints.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '*')}`)
	// Packages speak of WordPress' addresses.
	const ofServer = documents.filter((document) => !document.startsWith('packages')).map((document) => read(document))
	const named = [...ofServer.join('\n').matchAll(/`(?:(GET|POST|PUT|PATCH|DELETE) )?((?:\/api\/v1|…)\/[^`?]+)/g)]
	const missing = named.filter(([, method = '[A-Z]+', path = '']) => {
		const plain = path.replace(/^\/api\/v1/, '').replaceAll(/\{\w+\}|(?<=.)…/g, '\\*')
		const pattern = new RegExp(`^${method} ${plain.replace(/^…/, '.*')}$`)
		return path !== '/api/v1/openapi.json' && !served.some((one) => pattern.test(one))
	})
	expect(missing.map(([whole]) => whole)).toEqual([])
	expect(named.length).toBeGreaterThan(5)
})

it('the codes in the documents are in the catalogue', () => {
	const nouns = new Set(problemCodes.map((code) => code.split('/')[0]))
	const named = [...said.matchAll(/`([a-z-]+)\/([a-z0-9-]+)`/g)].filter(([, noun = '']) => nouns.has(noun))
	const codes = named.map(([, noun = '', what = '']) => `${noun}/${what}`)
	expect(codes.filter((code) => !problemCodes.some((known) => known === code))).toEqual([])
	expect(codes.length).toBeGreaterThan(20)
})

function settingsRead(): readonly string[] {
	const program = readAll('apps/{server,cli}/src/**/*.ts')
	const found = program.matchAll(/(?:'|[{,] )(PORT|DATABASE_URL|POSTERN_[A-Z_]*[A-Z])(?:'|: \w+[ ,])/g)
	return [...new Set([...found].map(([, name = '']) => name))].toSorted()
}

function readAll(pattern: string, exclude = /node_modules|\.test\.ts$|\.testing\.ts$/): string {
	const files = globSync(pattern, { cwd: root, exclude: (path) => exclude.test(path) })
	return files.map((file) => read(file)).join('\n')
}

function read(document: string): string {
	return readFileSync(join(root, document), 'utf8')
}

function readPackage(): { readonly scripts: Readonly<Record<string, string>> } {
	return JSON.parse(read('package.json'))
}

function spelled(command: string): string {
	return command === 'start' || command === 'test' ? `npm ${command}` : `npm run ${command}`
}
