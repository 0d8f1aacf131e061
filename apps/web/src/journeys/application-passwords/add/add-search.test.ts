import { describe, expect, it } from 'vitest'
import { draftFor, readAddSearch } from './add-search.ts'
import { missingIn, narrowDraft, noTexts, requestOf } from './grant-draft.ts'

describe('a new password that was proposed elsewhere', () => {
	it('is for that one connector', () => {
		const draft = draftFor(readAddSearch({ connector: 'con_1' }))
		expect(requestOf(draft, noTexts, 0)).toMatchObject({ preset: 'read-only', connectors: ['con_1'] })
		expect(missingIn(draft, noTexts)).toBeUndefined()
	})

	it('of an agent writes drafts only, on one site, for seven days', () => {
		const draft = draftFor(readAddSearch({ connector: 'con_1', for: 'agent' }))
		expect(requestOf(draft, noTexts, Date.parse('2026-11-22T12:00:00Z'))).toMatchObject({
			preset: 'drafts-only',
			connectors: ['con_1'],
			expiresAt: '2026-11-29T12:00:00.000Z',
		})
	})

	it('is the usual narrow one where the address says nothing, or nonsense', () => {
		for (const odd of [{}, { connector: 7, for: 'everybody' }, { connector: '../x' }, { connector: '' }])
			expect(draftFor(readAddSearch(odd))).toEqual(narrowDraft)
	})
})
