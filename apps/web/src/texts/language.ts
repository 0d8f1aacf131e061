import { languages, loadTexts, type Language } from '@postern/vocabulary'
import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { lazyTexts, shellTexts, type Area } from './areas.ts'
import { isLanguage, pickLanguage } from './pick-language.ts'

const KEY = 'postern.language'

/** The language that was chosen in this browser, or the browser's own. */
function firstLanguage(): Language {
	const chosen = localStorage.getItem(KEY)
	return isLanguage(chosen) ? chosen : pickLanguage(navigator.languages)
}

export function currentLanguage(): Language {
	return isLanguage(i18next.language) ? i18next.language : 'en'
}

const backend: BackendModule = {
	type: 'backend',
	init() {},
	read(language, area, done) {
		load(language, area).then(
			(texts) => done(null, texts),
			(error: unknown) => done(error instanceof Error ? error : new Error(area), false),
		)
	},
}

async function load(language: string, area: string) {
	const loaders = lazyTexts[isLanguage(language) ? language : 'en']
	if (!isLazy(area, loaders)) throw new Error(`no texts for ${area}`)
	return (await loaders[area]()).default
}

function isLazy<T extends object>(area: string, loaders: T): area is Extract<keyof T, string> {
	return area in loaders
}

export async function startTexts(): Promise<void> {
	i18next.on('languageChanged', (language) => {
		document.documentElement.lang = language
	})
	const language = firstLanguage()
	const sentences = loadTexts(language)
	await i18next
		.use(backend)
		.use(initReactI18next)
		.init({
			lng: language,
			fallbackLng: 'en',
			supportedLngs: languages,
			ns: ['shell'],
			defaultNS: 'shell',
			resources: { en: { shell: shellTexts.en }, ja: { shell: shellTexts.ja } },
			partialBundledLanguages: true,
			// React escapes.
			interpolation: { escapeValue: false },
			react: { useSuspense: false },
			returnNull: false,
		})
	await sentences
}

/** Loads the texts of a journey; its route waits for it. */
export async function needTexts(...areas: Area[]): Promise<void> {
	await i18next.loadNamespaces(areas)
}

/**
 * Remembers another language in this browser and speaks it as soon as it is loaded. Rejects if it cannot be: a browser
 * does not ask for a script again that failed, so it comes with the next load of the page.
 */
export async function changeLanguage(language: Language): Promise<void> {
	localStorage.setItem(KEY, language)
	if (language === i18next.language) return
	await loadTexts(language)
	await i18next.changeLanguage(language)
}
