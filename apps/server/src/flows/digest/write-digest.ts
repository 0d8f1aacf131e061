import type { DigestNotice, DigestRecipient } from '../../store/digests.ts'
import { digestTexts } from './digest-texts.ts'

export type Mail = { readonly to: string; readonly subject: string; readonly text: string; readonly html: string }

/** More are counted, not told. */
const mostLines = 50

/** What is new for one account, workspace by workspace, as text and as plain HTML without pictures. */
export function writeDigest({ email, language, notices }: DigestRecipient, origin: string): Mail {
	const { subject, intro, look, footer, kinds } = digestTexts[language]
	const groups = [...Map.groupBy(notices.slice(0, mostLines), ({ workspaceName }) => workspaceName)]
	const rest = notices.length - mostLines
	const more = rest > 0 ? [`+ ${rest}`] : []
	const account = `${origin}/account`
	const text = [
		intro,
		...groups.flatMap(([name, own]) => [
			'',
			name,
			...own.map((notice) => `- ${kinds[notice.kind](notice.name)}\n  ${origin}${placeOf(notice)}`),
		]),
		...more,
		'',
		footer,
		account,
		'',
	].join('\n')
	const html = [
		`<p>${escapeHtml(intro)}</p>`,
		...groups.map(([name, own]) => {
			const items = own.map((notice) => {
				const link = `<a href="${escapeHtml(origin + placeOf(notice))}">${escapeHtml(look)}</a>`
				return `<li>${escapeHtml(kinds[notice.kind](notice.name))} ${link}</li>`
			})
			return `<h3>${escapeHtml(name)}</h3>\n<ul>\n${items.join('\n')}\n</ul>`
		}),
		...more.map((line) => `<p>${line}</p>`),
		`<p>${escapeHtml(footer)} <a href="${escapeHtml(account)}">${escapeHtml(account)}</a></p>`,
	].join('\n')
	const page = `<!doctype html>\n<html lang="${language}">\n<body>\n${html}\n</body>\n</html>\n`
	return { to: email, subject: subject(notices.length), text, html: page }
}

function placeOf({ kind, uuid, memberId }: DigestNotice): string {
	if (kind === 'webhook-disabled') return '/webhooks'
	return kind.startsWith('connector-') ? `/connectors/${uuid}` : `/users/${memberId}`
}

/** Names of connectors and workspaces are anybody's words. */
function escapeHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
