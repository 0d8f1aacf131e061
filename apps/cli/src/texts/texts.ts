import type { Language } from '@postern/vocabulary'
import en from './en.json' with { type: 'json' }
import ja from './ja.json' with { type: 'json' }

export type Texts = typeof en

const catalogues: Readonly<Record<Language, Texts>> = { en, ja }

export function textsOf(language: Language): Texts {
	return catalogues[language]
}
