import type { Language } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from './language.ts'

/** The language of the page; the component is drawn anew when it changes. */
export function useLanguage(): Language {
	useTranslation('shell')
	return currentLanguage()
}
