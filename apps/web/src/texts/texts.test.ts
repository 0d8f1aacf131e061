import { languages, type Language } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { lazyTexts, shellTexts } from './areas.ts'

type Tree = { readonly [key: string]: string | Tree }

/** Sentences by their full key: `members.roles.title`. */
function flatten(tree: Tree, prefix: string): readonly (readonly [string, string])[] {
	return Object.entries(tree).flatMap(([key, value]) =>
		typeof value === 'string' ? [[`${prefix}.${key}`, value] as const] : flatten(value, `${prefix}.${key}`),
	)
}

async function catalogue(language: Language): Promise<ReadonlyMap<string, string>> {
	const lazy = Object.entries(lazyTexts[language]).map(async ([area, load]) => flatten((await load()).default, area))
	return new Map([...flatten(shellTexts[language], 'shell'), ...(await Promise.all(lazy)).flat()])
}

const english = await catalogue('en')
const japanese = await catalogue('ja')

/** Placeholders and tags of a text, in no order: languages put them where they need them. */
const marks = (text: string) =>
	Array.from(text.matchAll(/\{\{\w+\}\}|<\/?\w+\/?>/g), ([mark]) => mark)
		.toSorted((a, b) => a.localeCompare(b))
		.join(' ')
const hasJapanese = (text: string) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text)

/** Said alike in both languages: names of things, and what holds no words. */
const sameOnPurpose = new Set(['shell.languages.en', 'shell.languages.ja', 'account.twoFactor.fileName'])

describe('screen labels', () => {
	it('have the same keys in every language', () => {
		expect([...japanese.keys()].toSorted()).toEqual([...english.keys()].toSorted())
		expect(english.size).toBeGreaterThan(200)
	})

	it('use the same placeholders and tags in every language', () => {
		const differing = [...english].filter(([key, text]) => marks(text) !== marks(japanese.get(key) ?? ''))
		expect(differing.map(([key]) => key)).toEqual([])
	})

	it('leave no English in the Japanese, and no Japanese in the English', () => {
		const words = (text: string) =>
			text.replace(/\{\{\w+\}\}|\b(Postern|WordPress|API)\b|\b[\w-]+\.example\b|example\.com/g, '')
		const untranslated = [...japanese].filter(
			([key, text]) =>
				!sameOnPurpose.has(key) && /[A-Za-z]{3}/.test(words(text)) && !hasJapanese(text) && text === english.get(key),
		)
		const foreign = [...english].filter(([key, text]) => !sameOnPurpose.has(key) && hasJapanese(text))
		expect(untranslated.map(([key]) => key)).toEqual([])
		expect(foreign.map(([key]) => key)).toEqual([])
	})

	it.each(languages)('are whole in %s, and never say "something went wrong"', (language) => {
		const mayBeEmpty = new Set(['shell.problem.retry.after-change'])
		const texts = [...(language === 'en' ? english : japanese)]
		const bad = texts.filter(
			([key, text]) =>
				text !== text.trim() ||
				(text === '' && !mayBeEmpty.has(key)) ||
				/something went wrong|an error occurred|エラーが発生しました|TODO/i.test(text),
		)
		expect(bad.map(([key]) => key)).toEqual([])
	})
})
