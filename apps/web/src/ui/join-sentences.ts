import type { Language } from '@postern/vocabulary'

/** Puts whole sentences one after the other; in Japanese no space stands between them. */
export function joinSentences(sentences: readonly string[], language: Language): string {
	return sentences.join(language === 'ja' ? '' : ' ')
}
