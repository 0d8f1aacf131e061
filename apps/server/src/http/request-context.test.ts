import { expect, test } from 'vitest'
import { chooseLanguage } from './request-context.ts'

test.each([
	['ja', 'ja'],
	['ja-JP,en;q=0.5', 'ja'],
	['de, ja;q=0.3, en;q=0.8', 'en'],
	['de', 'en'],
	['ja;q=0, en', 'en'],
	[null, 'en'],
	[';;q=,,', 'en'],
])('chooses by Accept-Language %s', (header, language) => {
	expect(chooseLanguage(header)).toBe(language)
})
