import type { ConnectorTypeDocument } from '@postern/api/contract'

/** The form of the second step. Labels are those of the help page, letter for letter. */
export const document: ConnectorTypeDocument = {
	id: 'wordpress-app',
	name: 'Connector Wordpress App',
	description: {
		en: 'A WordPress site, through an application password of one of its users.',
		ja: 'WordPress サイトに、ユーザーのアプリケーションパスワードで接続します。',
	},
	platform: 'WordPress',
	can: {
		approve: true,
		gateway: true,
		rotate: true,
		revoke: true,
		tryDraft: true,
		xmlRpc: true,
		listSites: true,
		posts: true,
	},
	rungs: {},
	fields: [
		{
			name: 'address',
			label: { en: 'Website', ja: 'ウェブサイト' },
			description: {
				en: 'The full address of your WordPress site.',
				ja: 'WordPress サイトの完全なアドレス。',
			},
			placeholder: 'https://yourwebsite.com',
			kind: 'address',
			autocomplete: 'url',
			shape: null,
			whenEmpty: 'address/required',
			problems: ['address/required'],
			isUsername: false,
		},
		{
			name: 'username',
			label: { en: 'Username', ja: 'ユーザー名' },
			description: {
				en: 'The username of the WordPress user you create the password for.',
				ja: 'パスワードを作成する WordPress ユーザーのユーザー名。',
			},
			placeholder: '',
			kind: 'text',
			autocomplete: 'off',
			shape: 'wordpress-username',
			whenEmpty: 'site-credential/username-required',
			problems: [
				'site-credential/username-required',
				'site-credential/username-malformed',
				'site-credential/username-too-long',
			],
			isUsername: true,
		},
		{
			name: 'applicationPassword',
			label: { en: 'Application Password', ja: 'アプリケーションパスワード' },
			description: {
				en: '24 letters and digits in six groups, made in WordPress. Not your login password.',
				ja: 'WordPress で作成した、6 組 24 文字の英数字。ログインパスワードではありません。',
			},
			placeholder: 'abcd EFGH 1234 ijkl MNOP 6789',
			kind: 'secret',
			autocomplete: 'off',
			shape: 'wordpress-application-password',
			whenEmpty: 'site-credential/password-required',
			problems: [
				'site-credential/password-required',
				'site-credential/password-length',
				'site-credential/looks-like-login-password',
				'site-credential/mask',
			],
			isUsername: false,
		},
	],
	guide: null,
	helpPath: '/help/wordpress-application-password',
}
