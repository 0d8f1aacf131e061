import type { Language } from '@postern/vocabulary'
import en from './texts/en.json' with { type: 'json' }
import ja from './texts/ja.json' with { type: 'json' }
import { unitsOf, type Expiry } from './expiries.ts'

/** What the authorize page says beyond what the package says. */
export type PageTexts = typeof en

// A missing sentence does not compile.
export const pageTexts: Readonly<Record<Language, PageTexts>> = { en, ja }

export function sayDuration(seconds: number, language: Language): string {
	const { unit, count } = unitsOf(seconds)
	const form = new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other'
	const number = new Intl.NumberFormat(language).format(count)
	return pageTexts[language][unit][form].replace('{count}', number)
}

export function sayExpiry(expiry: Expiry, { language, now }: { language: Language; now: Date }): string {
	const texts = pageTexts[language]
	if (expiry === 'never') return texts.never
	const until = new Date(now.getTime() + expiry * 1000)
	// Under two days the hour counts, and which it is there nobody here knows.
	if (expiry < 172_800) return sayDuration(expiry, language)
	const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(until)
	return texts.until.replace('{days}', sayDuration(expiry, language)).replace('{date}', date)
}
