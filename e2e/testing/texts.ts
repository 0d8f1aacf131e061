import type { Language } from '@postern/vocabulary'
import { document as wordpressApp } from '../../apps/server/src/connectors/wordpress/document.ts'
import accountEn from '../../apps/web/src/texts/en/account.json' with { type: 'json' }
import activityEn from '../../apps/web/src/texts/en/activity.json' with { type: 'json' }
import connectingEn from '../../apps/web/src/texts/en/connecting.json' with { type: 'json' }
import connectorsEn from '../../apps/web/src/texts/en/connectors.json' with { type: 'json' }
import dashboardEn from '../../apps/web/src/texts/en/dashboard.json' with { type: 'json' }
import entranceEn from '../../apps/web/src/texts/en/entrance.json' with { type: 'json' }
import helpEn from '../../apps/web/src/texts/en/help.json' with { type: 'json' }
import usersEn from '../../apps/web/src/texts/en/users.json' with { type: 'json' }
import importEn from '../../apps/web/src/texts/en/import.json' with { type: 'json' }
import linkEn from '../../apps/web/src/texts/en/link.json' with { type: 'json' }
import listEn from '../../apps/web/src/texts/en/list.json' with { type: 'json' }
import passwordsEn from '../../apps/web/src/texts/en/passwords.json' with { type: 'json' }
import profileEn from '../../apps/web/src/texts/en/profile.json' with { type: 'json' }
import shellEn from '../../apps/web/src/texts/en/shell.json' with { type: 'json' }
import webhooksEn from '../../apps/web/src/texts/en/webhooks.json' with { type: 'json' }
import accountJa from '../../apps/web/src/texts/ja/account.json' with { type: 'json' }
import activityJa from '../../apps/web/src/texts/ja/activity.json' with { type: 'json' }
import connectingJa from '../../apps/web/src/texts/ja/connecting.json' with { type: 'json' }
import connectorsJa from '../../apps/web/src/texts/ja/connectors.json' with { type: 'json' }
import dashboardJa from '../../apps/web/src/texts/ja/dashboard.json' with { type: 'json' }
import entranceJa from '../../apps/web/src/texts/ja/entrance.json' with { type: 'json' }
import helpJa from '../../apps/web/src/texts/ja/help.json' with { type: 'json' }
import usersJa from '../../apps/web/src/texts/ja/users.json' with { type: 'json' }
import importJa from '../../apps/web/src/texts/ja/import.json' with { type: 'json' }
import linkJa from '../../apps/web/src/texts/ja/link.json' with { type: 'json' }
import listJa from '../../apps/web/src/texts/ja/list.json' with { type: 'json' }
import passwordsJa from '../../apps/web/src/texts/ja/passwords.json' with { type: 'json' }
import profileJa from '../../apps/web/src/texts/ja/profile.json' with { type: 'json' }
import shellJa from '../../apps/web/src/texts/ja/shell.json' with { type: 'json' }
import webhooksJa from '../../apps/web/src/texts/ja/webhooks.json' with { type: 'json' }

const english = {
	account: accountEn,
	activity: activityEn,
	connecting: connectingEn,
	connectors: connectorsEn,
	dashboard: dashboardEn,
	entrance: entranceEn,
	help: helpEn,
	import: importEn,
	link: linkEn,
	list: listEn,
	users: usersEn,
	passwords: passwordsEn,
	profile: profileEn,
	shell: shellEn,
	webhooks: webhooksEn,
}

export type Texts = typeof english & { readonly language: Language; readonly fields: FieldLabels }
type FieldLabels = { readonly website: string; readonly username: string; readonly applicationPassword: string }

/** What the screens say, from the catalogues they take it from. */
export const texts: Readonly<Record<Language, Texts>> = {
	en: { ...english, language: 'en', fields: labelsIn('en') },
	ja: {
		account: accountJa,
		activity: activityJa,
		connecting: connectingJa,
		connectors: connectorsJa,
		dashboard: dashboardJa,
		entrance: entranceJa,
		help: helpJa,
		import: importJa,
		link: linkJa,
		list: listJa,
		users: usersJa,
		passwords: passwordsJa,
		profile: profileJa,
		shell: shellJa,
		webhooks: webhooksJa,
		language: 'ja',
		fields: labelsIn('ja'),
	},
}

/** The form's own labels come with the connector type. */
function labelsIn(language: Language): FieldLabels {
	const labelOf = (name: string) => wordpressApp.fields.find((field) => field.name === name)?.label[language] ?? name
	return {
		website: labelOf('address'),
		username: labelOf('username'),
		applicationPassword: labelOf('applicationPassword'),
	}
}

/** Puts values into a text, as the screens do. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
	return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole))
}
