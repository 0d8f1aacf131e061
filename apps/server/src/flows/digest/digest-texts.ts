import type { Language } from '@postern/vocabulary'
import type { NoticeKind } from '../../store/schema.ts'

type Texts = {
	readonly subject: (count: number) => string
	readonly intro: string
	readonly look: string
	readonly footer: string
	readonly kinds: Readonly<Record<NoticeKind, (name: string) => string>>
}

/** The sentences of the daily e-mail. */
export const digestTexts: Readonly<Record<Language, Texts>> = {
	en: {
		subject: (count) => (count === 1 ? 'Postern: 1 notice' : `Postern: ${count} notices`),
		intro: 'This is new in Postern since the last e-mail.',
		look: 'Look',
		footer: 'You get this at most once a day. Switch it off on your account page:',
		kinds: {
			'password-created': (name) => `The application password “${name}” was added for you.`,
			'password-used-from-new-address': (name) =>
				`Your application password “${name}” was used from an address for the first time.`,
			'password-about-to-expire': (name) => `Your application password “${name}” expires soon.`,
			'connector-needs-attention': (name) => `Connector “${name}” needs attention.`,
			'connector-unreachable': (name) => `The site of connector “${name}” cannot be reached.`,
			'connector-recovered': (name) => `Connector “${name}” is well again.`,
			'connector-connected-by-link': (name) => `The owner of the site connected “${name}” by your link.`,
			'webhook-disabled': (name) => `The webhook to ${name} was switched off: nothing arrived there for five days.`,
		},
	},
	ja: {
		subject: (count) => `Postern: お知らせ ${count} 件`,
		intro: '前回のメール以降の Postern からのお知らせです。',
		look: '見る',
		footer: 'このメールは 1 日 1 回まで届きます。アカウントページでオフにできます:',
		kinds: {
			'password-created': (name) => `アプリケーションパスワード「${name}」が追加されました。`,
			'password-used-from-new-address': (name) =>
				`アプリケーションパスワード「${name}」が新しいアドレスから使われました。`,
			'password-about-to-expire': (name) => `アプリケーションパスワード「${name}」の期限が近づいています。`,
			'connector-needs-attention': (name) => `コネクター「${name}」の確認が必要です。`,
			'connector-unreachable': (name) => `コネクター「${name}」のサイトに接続できません。`,
			'connector-recovered': (name) => `コネクター「${name}」は回復しました。`,
			'connector-connected-by-link': (name) => `サイトの所有者が、あなたのリンクから「${name}」を接続しました。`,
			'webhook-disabled': (name) => `${name} への Webhook がオフになりました。5 日間、何も届きませんでした。`,
		},
	},
}
