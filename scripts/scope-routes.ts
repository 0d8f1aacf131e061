import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeRoutes, routeMethods } from '@postern/policy'
import { root } from './steps/root.ts'

// Writes the table of routes into docs/scopes.md from the table that decides: `node scripts/scope-routes.ts`, then `npm run format`.

const path = join(root, 'docs', 'scopes.md')
const begin = '<!-- routes: node scripts/scope-routes.ts -->'
const end = '<!-- /routes -->'

/** Each row's cells, without their backticks. */
export function routeRows(): readonly (readonly string[])[] {
	return describeRoutes().map(({ route, takes }) => [route, ...routeMethods.map((method) => takes[method])])
}

function writeTable(): void {
	const text = readFileSync(path, 'utf8')
	const [before, rest] = text.split(begin)
	const [, after] = (rest ?? '').split(end)
	if (before === undefined || after === undefined)
		throw new Error(`docs/scopes.md has no place for the table of routes`)
	const rows = routeRows().map((cells) => `| ${cells.map(quoteNames).join(' | ')} |`)
	const head = '| Route | GET | POST | PUT, PATCH | DELETE |\n| --- | --- | --- | --- | --- |'
	writeFileSync(path, `${before}${begin}\n\n${head}\n${rows.join('\n')}\n\n${end}${after}`)
}

/** Routes and scopes in backticks. */
function quoteNames(cell: string): string {
	return cell.replaceAll(/\/[^ ]*|[a-z]+:[^ ,;]+/g, '`$&`')
}

if (import.meta.main) writeTable()
