import type { WireAnswer, WireRequest } from '../http/wire.ts'
import type { Grants, User } from '../types.ts'
import { createAuthorizeRequestsInMemory, type AuthorizeRequests } from './authorize-requests.ts'
import { authorizeTexts } from './built-in-texts.ts'
import type { AuthorizePageOptions, Controls, Visitor } from './options.ts'
import { refusalView, type Refusal } from './other-views.ts'
import { pageAnswer, type PageBody } from './page-answer.ts'
import { plainControls } from './plain-controls.ts'
import { preferredLanguage, type AuthorizeTexts, type PageLanguage } from './texts.ts'

type More = Parameters<typeof refusalView>[1]

/** The options with everything in its place, and the two ways to answer with a page. */
export type Stage<U extends User, V extends Visitor<U>, G extends Grants> = Required<
	Pick<
		AuthorizePageOptions<U, V, G>,
		'appPasswords' | 'findVisitor' | 'site' | 'environment' | 'siteUrlFor' | 'signInUrl' | 'dashboardUrl' | 'now'
	>
> & {
	readonly controls: Controls<V, G>
	readonly requests: AuthorizeRequests
	readonly languageOf: (request: WireRequest, visitor: V | undefined) => PageLanguage
	readonly textsIn: (language: PageLanguage) => AuthorizeTexts
	readonly page: (status: number, body: PageBody, language: PageLanguage) => WireAnswer
	readonly refuse: (status: number, refusal: Refusal, language: PageLanguage, more?: More) => WireAnswer
}

export function openStage<U extends User, V extends Visitor<U>, G extends Grants>(
	options: AuthorizePageOptions<U, V, G>,
): Stage<U, V, G> {
	const { site, grants, appPasswords, texts = authorizeTexts, now = () => new Date(), look } = options
	const page = (status: number, body: PageBody, language: PageLanguage) =>
		pageAnswer(status, body, { language, siteName: site.name, header: look?.header, head: look?.head })
	return {
		appPasswords,
		site,
		now,
		findVisitor: options.findVisitor,
		environment: options.environment,
		controls:
			'controls' in grants
				? grants.controls
				: plainControls({ appPasswords, grantsOfNew: grants.ofNew, texts, siteName: site.name }),
		requests: options.requests ?? createAuthorizeRequestsInMemory({ now }),
		siteUrlFor: options.siteUrlFor ?? (() => site.url),
		signInUrl:
			options.signInUrl ??
			((returnTo) => `${site.url}/wp-login.php?redirect_to=${encodeURIComponent(returnTo)}&reauth=1`),
		dashboardUrl: options.dashboardUrl ?? `${site.url}/wp-admin/`,
		languageOf: options.languageOf ?? ((request) => preferredLanguage(request.header('accept-language'))),
		textsIn: (language) => texts[language],
		page,
		refuse: (status, refusal, language, more = {}) =>
			page(status, refusalView(refusal, more, texts[language]), language),
	}
}
