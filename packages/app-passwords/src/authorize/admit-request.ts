import { appendOutcome, parseAuthorizeQuery, type AuthorizeFault, type AuthorizeRequest } from '@postern/wordpress'
import type { WireAnswer, WireRequest } from '../http/wire.ts'
import type { Grants, User } from '../types.ts'
import type { AskedFault, Showing, Visitor } from './options.ts'
import type { Stage } from './stage.ts'
import { say, type AuthorizeTexts, type PageLanguage } from './texts.ts'

export type Admitted<V> =
	| { readonly ok: true; readonly showing: Showing<V> }
	| { readonly ok: false; readonly answer: WireAnswer }

type Arrived<V> = {
	readonly query: string
	readonly visitor: V
	readonly language: PageLanguage
	readonly request: WireRequest
}

/** Judges what an application asks, by the same rules when it is shown and when it is answered. */
export async function admitRequest<U extends User, V extends Visitor<U>, G extends Grants>(
	stage: Stage<U, V, G>,
	{ query, visitor, language, request }: Arrived<V>,
): Promise<Admitted<V>> {
	const texts = stage.textsIn(language)
	const invalid = (faults: readonly AskedFault[]) => stage.refuse(400, 'invalid', language, { faults })
	const parsed = parseAuthorizeQuery(query, { allowHttp: stage.environment === 'local' })
	if (!parsed.ok) return { ok: false, answer: invalid(parsed.faults.map((fault) => describeFault(fault, texts))) }
	const showing = { visitor, language, request, asked: parsed.request, query }
	const faults = (await stage.controls.judge?.(showing)) ?? []
	if (faults.length > 0) return { ok: false, answer: invalid(faults) }
	const closed = findClosed(stage, showing)
	if (closed === undefined) return { ok: true, showing }
	const back = backLink(parsed.request, stage, texts)
	return { ok: false, answer: stage.refuse(501, closed, language, { back }) }
}

function describeFault({ parameter, code, reason }: AuthorizeFault, texts: AuthorizeTexts): AskedFault {
	const text = say(texts.askedFaults[reason ?? code], { parameter })
	return { text, about: `${parameter}: ${code}` }
}

function findClosed<U extends User, V extends Visitor<U>, G extends Grants>(
	{ appPasswords }: Stage<U, V, G>,
	{ request, visitor }: Showing<V>,
): 'basic' | 'off' | 'offForYou' | undefined {
	// What the browser sends along here it would send along there as well: two logins in one header.
	if (/^basic\b/i.test(request.header('authorization') ?? '')) return 'basic'
	if (!appPasswords.isAvailable(request)) return 'off'
	return appPasswords.isAvailableFor(visitor.user) ? undefined : 'offForYou'
}

function backLink<U extends User, V extends Visitor<U>, G extends Grants>(
	{ successUrl, rejectUrl }: AuthorizeRequest,
	{ dashboardUrl, site }: Stage<U, V, G>,
	texts: AuthorizeTexts,
): { readonly href: string; readonly text: string } {
	const error = 'disabled'
	if (rejectUrl !== undefined) return { href: appendOutcome(rejectUrl.url, { error }), text: texts.backToApplication }
	if (successUrl !== undefined)
		return { href: appendOutcome(successUrl.url, { success: 'false', error }), text: texts.backToApplication }
	return { href: dashboardUrl, text: say(texts.toDashboard, { site: site.name }) }
}
