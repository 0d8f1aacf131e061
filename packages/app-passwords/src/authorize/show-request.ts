import type { WireAnswer } from '../http/wire.ts'
import type { Grants, User } from '../types.ts'
import { askView } from './ask-view.ts'
import { hashToken, unguessable } from './form-token.ts'
import type { Fault, Form, Showing, Visitor } from './options.ts'
import type { Stage } from './stage.ts'

type Shown<V> = {
	readonly query: string
	readonly showing: Showing<V>
	readonly status?: number
	readonly again?: { readonly form: Form; readonly faults: readonly Fault[] }
}

/** Keeps the request under a new id, and shows the page that asks. */
export async function showRequest<U extends User, V extends Visitor<U>, G extends Grants>(
	stage: Stage<U, V, G>,
	{ query, showing, status = 200, again }: Shown<V>,
): Promise<WireAnswer> {
	const { visitor, asked, language } = showing
	const { facts, fields } = await stage.controls.show(showing, again)
	const [id, token] = [unguessable(), unguessable()]
	await stage.requests.keep(id, {
		query,
		userId: visitor.user.id,
		session: visitor.session,
		tokenHash: hashToken(token),
		shownAt: stage.now(),
	})
	const outcome = { site_url: await stage.siteUrlFor(showing), user_login: visitor.user.login }
	const siteName = stage.site.name
	const texts = stage.textsIn(language)
	return stage.page(
		status,
		askView({ asked, query, texts, siteName, outcome, id, token, facts, fields, again }),
		language,
	)
}
