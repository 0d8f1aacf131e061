import type { Language } from '../languages.ts'
import type { Catalogue } from './catalogue.ts'
import { catalogue as en } from './en.ts'
import { catalogue as ja } from './ja.ts'

const catalogues: Readonly<Record<Language, Catalogue>> = { en, ja }

/** All are there from the start: see `when-asked.ts` for browsers. */
export function catalogueOf(language: Language): Catalogue {
	return catalogues[language]
}

/** Makes the sentences of a language ready to be said; a browser fetches them. Rejects if it cannot. */
export async function loadTexts(language: Language): Promise<void> {
	await Promise.resolve(catalogues[language])
}
