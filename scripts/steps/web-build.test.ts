import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { hashOfSources } from './web-build.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-web-build-'))
afterAll(() => rmSync(folder, { recursive: true }))

beforeEach(() => {
	rmSync(folder, { recursive: true })
	write('package-lock.json', '{}')
	write('apps/web/src/main.tsx', 'one')
	write('packages/api/src/contract.ts', 'one')
	write('packages/vocabulary/src/texts/ja/problems.json', '{}')
	write('packages/wordpress/src/index.ts', 'one')
})

describe('the web app is built anew', () => {
	it.each([
		['apps/web/src/main.tsx', 'a source changed'],
		['apps/web/src/new.tsx', 'a source came'],
		['packages/vocabulary/src/texts/ja/problems.json', 'a text changed'],
		['package-lock.json', 'a dependency changed'],
	])('%s: %s', (path) => {
		const before = hashOfSources(folder)
		write(path, 'two')
		expect(hashOfSources(folder)).not.toBe(before)
	})

	it('when a source moved', () => {
		write('apps/web/src/a.ts', 'text')
		const before = hashOfSources(folder)
		rmSync(join(folder, 'apps/web/src/a.ts'))
		write('apps/web/src/b.ts', 'text')
		expect(hashOfSources(folder)).not.toBe(before)
	})
})

it.each([
	'apps/web/dist/index.html',
	'apps/web/node_modules/x/index.js',
	'apps/web/src/main.test.tsx',
	'apps/server/src/main.ts',
])('does not build it anew for %s', (path) => {
	const before = hashOfSources(folder)
	write(path, 'two')
	expect(hashOfSources(folder)).toBe(before)
})

function write(path: string, text: string): void {
	mkdirSync(dirname(join(folder, path)), { recursive: true })
	writeFileSync(join(folder, path), text)
}
