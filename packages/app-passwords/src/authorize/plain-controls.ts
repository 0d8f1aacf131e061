import type { AppPasswords } from '../app-passwords.ts'
import type { Grants, User } from '../types.ts'
import { html } from './html.ts'
import type { Controls, Visitor } from './options.ts'
import { say, type AuthorizeTexts, type PageLanguage } from './texts.ts'

type Options<U extends User, G extends Grants> = {
	readonly appPasswords: Pick<AppPasswords<U, G>, 'create'>
	readonly grantsOfNew: (user: U) => G
	readonly texts: Readonly<Record<PageLanguage, AuthorizeTexts>>
	readonly siteName: string
}

/** WordPress' own way: a password may do whatever its owner may, until it is revoked. */
export function plainControls<U extends User, V extends Visitor<U>, G extends Grants>(
	options: Options<U, G>,
): Controls<V, G> {
	const { appPasswords, grantsOfNew, texts, siteName } = options
	return {
		show({ visitor, language }) {
			const { ask } = texts[language]
			const facts = html`<dt>${ask.as}</dt>
				<dd>${say(ask.account, { login: visitor.user.login, site: siteName })}</dd>
				<dt>${ask.mayDo}</dt>
				<dd>${say(ask.everythingYouMay, { site: siteName })}</dd>
				<dt>${ask.expires}</dt>
				<dd>${ask.never}</dd>`
			return { facts, fields: html`` }
		},
		async approve({ visitor: { user }, asked, language, request }, { name }) {
			const { ip, requestId } = request
			const wanted = { name, appId: asked.appId, grants: grantsOfNew(user) }
			const created = await appPasswords.create(user, wanted, { by: user, withPassword: null, ip, requestId })
			if (created.ok) return { ok: true, issued: created.value }
			const { code, message } = created.error
			const text = code === 'application_password_name_too_long' ? texts[language].faults.tooLong : message
			return { ok: false, faults: [{ text, field: 'app_name' }] }
		},
	}
}
