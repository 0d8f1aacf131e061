import type { ConnectorTypeDocument } from '@postern/api/contract'

/** The form of the second step, and what a Ghost can do here. */
export const document: ConnectorTypeDocument = {
	id: 'ghost',
	name: 'Connector Ghost',
	platform: 'Ghost',
	description: {
		en: 'A Ghost site, through the Admin API key of a custom integration.',
		ja: 'Ghost サイトに、カスタムインテグレーションの Admin API キーで接続します。',
	},
	can: {
		approve: false,
		gateway: false,
		rotate: false,
		revoke: false,
		tryDraft: false,
		xmlRpc: false,
		listSites: false,
		posts: true,
	},
	rungs: {
		wordpress: { en: 'Ghost', ja: 'Ghost' },
		api: { en: 'Admin API', ja: 'Admin API' },
		'application-passwords': { en: 'Admin API key', ja: 'Admin API キー' },
	},
	fields: [
		{
			name: 'address',
			label: { en: 'Ghost Site URL', ja: 'Ghost サイトの URL' },
			description: {
				en: 'The address of your Ghost, also when its admin has one of its own.',
				ja: 'Ghost のアドレス。管理画面に専用のアドレスがある場合は、そのアドレス。',
			},
			placeholder: 'https://yoursite.ghost.io',
			kind: 'address',
			autocomplete: 'url',
			shape: null,
			whenEmpty: 'address/required',
			problems: ['address/required'],
			isUsername: false,
		},
		{
			name: 'adminApiKey',
			label: { en: 'Admin API Key', ja: 'Admin API キー' },
			description: {
				en: 'Two parts with a colon between them, as Ghost shows it. Not the Content API key.',
				ja: 'Ghost に表示される、コロンで区切られた 2 つの部分。Content API キーではありません。',
			},
			placeholder: '64ff…:a1b2…',
			kind: 'secret',
			autocomplete: 'off',
			shape: null,
			whenEmpty: 'site-credential/admin-api-key-required',
			problems: [
				'site-credential/admin-api-key-required',
				'site-credential/admin-api-key-malformed',
				'site-credential/looks-like-content-api-key',
			],
			isUsername: false,
		},
	],
	guide: {
		title: { en: 'Create an Admin API key in Ghost', ja: 'Ghost で Admin API キーを作成する' },
		steps: [
			{
				en: 'Log in to your Ghost as an administrator: its address with **/ghost** behind it.',
				ja: 'サイトのアドレスに **/ghost** を付けて開き、管理者としてログインします。',
			},
			{
				en: 'Open **Settings**, then **Integrations**, and select **Add custom integration**.',
				ja: '**Settings** の **Integrations** で **Add custom integration** を選びます。',
			},
			{
				en: 'Give it a name that you will recognize, **Postern** for instance, and create it.',
				ja: '見分けのつく名前(たとえば **Postern**)を付けて作成します。',
			},
			{
				en: 'Copy the **Admin API key** into the form. The **Content API key** above it only reads.',
				ja: '**Admin API key** をコピーしてフォームに貼り付けます。その上の **Content API key** では読むことしかできません。',
			},
		],
	},
	helpPath: null,
}
