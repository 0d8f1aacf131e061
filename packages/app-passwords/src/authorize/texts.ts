import type { AuthorizeFault, RedirectError, RedirectReason } from '@postern/wordpress'
import { html, type Html, type Insertable } from './html.ts'

export type PageLanguage = 'en' | 'ja'

/** Everything the page says. `{name}` stands for a value. */
export type AuthorizeTexts = {
	readonly ask: {
		readonly titleWeb: string
		readonly titleDevice: string
		readonly titleApp: string
		readonly titleNone: string
		readonly goesTo: string
		readonly goesToUnicode: string
		readonly mixedScripts: string
		readonly goesToDevice: string
		readonly unencrypted: string
		readonly goesToScheme: string
		readonly schemeWarning: string
		readonly goesNowhere: string
		readonly callsItself: string
		readonly selfDeclared: string
		readonly nameless: string
		readonly as: string
		readonly account: string
		readonly mayDo: string
		readonly everythingYouMay: string
		readonly expires: string
		readonly never: string
		readonly warning: string
		readonly warningDevice: string
		readonly warningNone: string
		readonly name: string
		readonly nameHint: string
		readonly approve: string
		readonly reject: string
		readonly approveGoesTo: string
		readonly approveShows: string
		readonly rejectGoesTo: string
		readonly rejectDashboard: string
		readonly notYet: string
		readonly sent: string
		readonly theApp: string
	}
	readonly shown: {
		readonly title: string
		readonly label: string
		readonly copy: string
		readonly copied: string
		readonly warning: string
		readonly done: string
	}
	readonly refused: Readonly<
		Record<
			| 'invalid'
			| 'basic'
			| 'off'
			| 'offForYou'
			| 'form'
			| 'elsewhere'
			| 'gone'
			| 'changed'
			| 'method'
			| 'body'
			| 'tooLarge',
			{ readonly title: string; readonly text: string }
		>
	>
	readonly backToApplication: string
	readonly toDashboard: string
	readonly faultsTitle: string
	/** What is wrong with what an application asks; `{parameter}` is where. */
	readonly askedFaults: Readonly<
		Record<RedirectReason | Exclude<AuthorizeFault['code'], RedirectError> | RedirectError, string>
	>
	/** What is wrong with a new password, by its code. */
	readonly faults: Readonly<Record<'empty' | 'tooLong', string>>
}

/** Puts values into a sentence. */
export function say(sentence: string, values: Readonly<Record<string, string>> = {}): string {
	return sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}

/** Puts markup into a sentence. */
export function sayWith(sentence: string, values: Readonly<Record<string, Insertable>>): Html {
	const pieces = sentence.split(/\{(\w+)\}/)
	return html`${pieces.map((piece, index) => (index % 2 === 0 ? piece : values[piece]))}`
}

/** The first language of `Accept-Language` that the page speaks; English if there is none (RFC 9110 §12.5.4). */
export function preferredLanguage(acceptLanguage: string | undefined): PageLanguage {
	const wanted = (acceptLanguage ?? '').split(',').map((range) => {
		const [tag = '', quality] = range
			.trim()
			.toLowerCase()
			.split(/;\s*q=/)
		return { primary: tag.split('-')[0], quality: Number(quality ?? 1) }
	})
	const best = wanted
		.filter(({ primary, quality }) => quality > 0 && (primary === 'en' || primary === 'ja'))
		.sort((one, other) => other.quality - one.quality)[0]
	return best?.primary === 'ja' ? 'ja' : 'en'
}
