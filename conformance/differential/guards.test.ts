import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/steps/root.ts'
import { gatewayGuards } from './gateway-guards.ts'
import { guards } from './guards.ts'
import { spellings } from './spellings.ts'

/** `npm run differential -- --mutations` takes each out and sees something notice. */
describe('the guards that can be taken out', () => {
	it.each([
		['packages/policy', guards],
		['apps/server', gatewayGuards],
	] as const)('stand in %s, each once', (room, list) => {
		const gone = list.flatMap(({ name, edits }) =>
			edits
				.filter(({ file, text }) => readFileSync(join(root, room, 'src', file), 'utf8').split(text).length !== 2)
				.map(({ file }) => `${name}: ${file}`),
		)
		expect(gone).toEqual([])
	})

	it('have each a rule of spelling among them: every kind that is generated is guarded', () => {
		const rules = new Set(spellings.map(({ rule }) => rule))
		const guarded = new Set(
			guards
				.flatMap(({ focus }) => spellings.filter(({ name }) => focus.spellings?.includes(name) ?? false))
				.map(({ rule }) => rule),
		)
		expect([...rules].filter((rule) => !guarded.has(rule))).toEqual([])
	})
})
