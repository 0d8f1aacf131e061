import { expect, it } from 'vitest'
import { isLanguage, pickLanguage } from './pick-language.ts'

it('takes the first of the browser’s languages that Postern speaks', () => {
	expect(pickLanguage(['fr-FR', 'ja-JP', 'en'])).toBe('ja')
	expect(pickLanguage(['EN-gb', 'ja'])).toBe('en')
})

it('falls back to English', () => {
	expect(pickLanguage(['fr', 'de-AT'])).toBe('en')
	expect(pickLanguage([])).toBe('en')
})

it('takes nothing else for a language', () => {
	expect(['en', 'ja', 'fr', '', null, undefined].filter((text) => isLanguage(text))).toEqual(['en', 'ja'])
})
