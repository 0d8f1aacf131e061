import { languages, type Language } from '@postern/vocabulary'

export function isLanguage(text: string | null | undefined): text is Language {
	return languages.some((language) => language === text)
}

/** The first of the browser's languages that Postern speaks; English if none. */
export function pickLanguage(wanted: readonly string[]): Language {
	return wanted.map((tag) => tag.split('-')[0]?.toLowerCase()).find(isLanguage) ?? 'en'
}
