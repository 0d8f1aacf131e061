import type { Language } from '../languages.ts'
import type { Catalogue } from './catalogue.ts'

/** Stands in for `at-once.ts` in a browser, which speaks one language at a time. */
const loaders: Readonly<Record<Language, () => Promise<{ readonly catalogue: Catalogue }>>> = {
	en: () => import('./en.ts'),
	ja: () => import('./ja.ts'),
}
const loaded = new Map<Language, Catalogue>()

export function catalogueOf(language: Language): Catalogue {
	const catalogue = loaded.get(language)
	if (catalogue === undefined) throw new Error(`the texts in ${language} are not loaded`)
	return catalogue
}

export async function loadTexts(language: Language): Promise<void> {
	const { catalogue } = await loaders[language]()
	loaded.set(language, catalogue)
}
