import type { RedirectUrl } from '@postern/wordpress'
import { html, type Html } from './html.ts'
import { say, sayWith, type AuthorizeTexts } from './texts.ts'

type Ask = AuthorizeTexts['ask']

/** The heading: where the password goes comes first, because it is all that was checked. */
export function askTitle(target: RedirectUrl | undefined, ask: Ask): string {
	if (target === undefined) return ask.titleNone
	switch (target.kind) {
		case 'https':
		case 'http':
			return say(ask.titleWeb, { host: target.host })
		case 'loopback':
			return ask.titleDevice
		case 'app':
			return ask.titleApp
	}
}

/** Where it goes, in a few words for a sentence. */
export function shortName({ kind, scheme, host }: RedirectUrl, ask: Ask): string {
	return kind === 'app' ? say(ask.theApp, { scheme }) : host
}

/** Says where the password will go. */
export function describeTarget(target: RedirectUrl | undefined, ask: Ask): Html {
	if (target === undefined) return html`<span>${ask.goesNowhere}</span>`
	const host = html`<strong class="host">${target.host}</strong>`
	switch (target.kind) {
		case 'https':
			return html`${host}${otherSpelling(target, ask)}`
		case 'http':
			return html`${host}${otherSpelling(target, ask)}<small class="caution">${ask.unencrypted}</small>`
		case 'loopback':
			return html`${host}<small>${ask.goesToDevice}</small>`
		case 'app': {
			const scheme = html`<span class="host">${target.scheme}:</span>`
			return html`<strong>${sayWith(ask.goesToScheme, { scheme })}</strong><small>${ask.schemeWarning}</small>`
		}
	}
}

/** A name in other letters is shown beside its ASCII form, unless it mixes scripts as look-alikes do. */
function otherSpelling({ host, unicodeHost }: RedirectUrl, ask: Ask): Html | undefined {
	if (unicodeHost !== undefined)
		return html`<small>${sayWith(ask.goesToUnicode, { unicode: html`<bdi>${unicodeHost}</bdi>` })}</small>`
	return /(^|\.)xn--/.test(host) ? html`<small class="caution">${ask.mixedScripts}</small>` : undefined
}
