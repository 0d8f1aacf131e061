import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { hasRole, roles, scopeRoles, scopes } from '@postern/vocabulary'
import { expect, it } from 'vitest'
import { routeRows } from './scope-routes.ts'
import { root } from './steps/root.ts'

const documents = globSync(['*.md', 'docs/{*.md,adr/*.md}', 'packages/*/README.md', '{conformance,e2e}/README.md'], {
	cwd: root,
}).toSorted()
const paths = everyPath()

it.each(documents)('%s links to what is there', (document) => {
	const links = [...readText(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link.replace(/#.*$/, ''))
	const own = links.filter((link) => link !== '' && !/^[a-z]+:/.test(link))
	expect(own.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([])
})

// A decision is a document of its day; it is not edited when a file moves.
const living = documents.filter((document) => !document.includes(`adr${sep}`))

it.each(living)('%s names files and folders that are there', (document) => {
	const names = [...readText(document).matchAll(/`([\w.@/-]+)`/g)].map(([, name = '']) => name)
	expect(names.filter((name) => isFileOrFolder(name) && !isThere(name))).toEqual([])
})

it('finds the documents it is about', () => {
	expect(documents).toEqual(expect.arrayContaining(['README.md', join('docs', 'ARCHITECTURE.md')]))
	expect(isThere('connect-checked.ts')).toBe(true)
	expect(isThere('no-such-file.ts')).toBe(false)
})

it('docs/scopes.md has the table of roles and scopes as the program has it', () => {
	const rows = readText('docs/scopes.md')
		.split('\n')
		.map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
		.filter((cells) => cells.length === roles.length + 3 && scopes.some((scope) => scope === cells[1]))
		.map((cells) => cells.slice(1, -1))
	expect(rows).toEqual(
		scopes.map((scope) => [scope, ...roles.map((role) => (hasRole(role, scopeRoles[scope]) ? 'yes' : '–'))]),
	)
})

it('docs/scopes.md has the table of routes as the program has it', () => {
	const rows = readText('docs/scopes.md')
		.split('\n')
		.filter((line) => line.startsWith('| `/'))
		.map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
		.map((cells) => cells.slice(1, -1))
	expect(rows).toEqual(routeRows())
	expect(rows.length).toBeGreaterThan(100)
})

function readText(document: string): string {
	return readFileSync(join(root, document), 'utf8').replace(/^```[\s\S]*?^```/gm, '')
}

/** Placeholders (`NNNN-…`), and what appears only when Postern runs or is built, are not looked for. */
function isFileOrFolder(name: string): boolean {
	if (/NNNN|^\/|^vault\.key$|^\.\/data$/.test(name)) return false
	return (
		/\.(ts|tsx|mjs|json|md)$/.test(name) || /^[a-z@].*\w\/$/.test(name) || /^(packages|apps|scripts|docs)\//.test(name)
	)
}

/** A name may leave out the folders that its sentence speaks of. */
function isThere(name: string): boolean {
	const tail = `/${name.replace(/\/$/, '')}`
	return paths.some((path) => path.endsWith(tail))
}

function everyPath(): string[] {
	const entries = readdirSync(root, { recursive: true, encoding: 'utf8' })
	return entries
		.filter((path) => !/(^|[\\/])(node_modules|\.git|\.cache|\.node)([\\/]|$)/.test(path))
		.map((path) => `/${path.split(sep).join('/')}`)
}
