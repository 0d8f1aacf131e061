import { english } from './texts-en.ts'
import { japanese } from './texts-ja.ts'
import type { AuthorizeTexts, PageLanguage } from './texts.ts'

/** What the page says if an embedding server brings no words of its own. */
export const authorizeTexts: Readonly<Record<PageLanguage, AuthorizeTexts>> = { en: english, ja: japanese }
