import { describe, expect, it } from 'vitest'
import { languages } from '../languages.ts'
import * as atOnce from './at-once.ts'
import * as whenAsked from './when-asked.ts'

describe.each(languages)('the sentences in %s, in a browser', (language) => {
	it('are none before they are loaded', () => {
		expect(() => whenAsked.catalogueOf(language)).toThrow(`the texts in ${language} are not loaded`)
	})

	it('are those that a server has', async () => {
		await whenAsked.loadTexts(language)
		expect(whenAsked.catalogueOf(language)).toBe(atOnce.catalogueOf(language))
	})
})

it('come in the same way from both', () => {
	const sources: readonly (typeof atOnce)[] = [atOnce, whenAsked]
	expect(new Set(sources.map((source) => Object.keys(source).toSorted().join(' '))).size).toBe(1)
})
