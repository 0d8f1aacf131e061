import { setTimeout as delay } from 'node:timers/promises'
import { ask } from './ask-place.ts'
import type { Answer, Headers, Place } from './target.ts'

export type Asked = {
	readonly app_name?: string
	readonly app_id?: string
	readonly success_url?: string
	readonly reject_url?: string
}

/** The page as a browser without JavaScript has it. */
export type ShownPage = {
	readonly answer: Answer
	/** Of the form: what is hidden in it, and the name as it was filled in. */
	readonly fields: Readonly<Record<string, string>>
	readonly shownAt: number
}

const path = '/wp-admin/authorize-application.php'
/** We take no answer that comes before anybody can have read the page. */
const READING_MS = 800

export function authorizePath(asked: Asked): string {
	const query = new URLSearchParams(asked).toString()
	return query === '' ? path : `${path}?${query}`
}

export async function openPage(place: Place, session: Headers, asked: Asked = {}): Promise<ShownPage> {
	const answer = await ask(place, authorizePath(asked), { headers: { Accept: 'text/html', ...session } })
	return { answer, fields: fieldsOf(answer.text), shownAt: Date.now() }
}

/** Sends the form back. `changed` is what the person typed, or somebody who tampers with it. */
export async function press(
	place: Place,
	session: Headers,
	page: ShownPage,
	buttons: readonly ('approve' | 'reject')[],
	changed: Readonly<Record<string, string>> = {},
): Promise<Answer> {
	const pressed = Object.fromEntries(buttons.map((button) => [button, '1']))
	await delay(Math.max(0, page.shownAt + READING_MS - Date.now()))
	const { Cookie = '', ...rest } = session
	return ask(place, path, {
		headers: { Accept: 'text/html', Origin: place.url, ...rest, ...(Cookie === '' ? {} : { Cookie }) },
		form: { ...page.fields, ...changed, ...pressed },
	})
}

/** Where an answer sends the browser. */
export function redirectOf(answer: Answer): URL {
	const location = answer.headers.get('location')
	if (![302, 303].includes(answer.status) || location === null) throw new Error(`no redirect but ${answer.status}`)
	return new URL(location)
}

/** What follows addresses on the page: links, unescaped. */
export function linksOf({ text }: Answer): readonly string[] {
	return [...text.matchAll(/<a\b[^>]*\bhref=(["'])(.*?)\1/gs)].map(([, , href = '']) => unescapeHtml(href))
}

/** The secret where a page shows one. */
export function shownSecret({ text }: Answer): string | undefined {
	const [, secret] = /value="((?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4})"/.exec(text) ?? []
	return secret
}

function fieldsOf(text: string): Readonly<Record<string, string>> {
	const [form = ''] = /<form\b[^>]*authorize-application\.php.*?<\/form>/s.exec(text) ?? []
	const inputs = [...form.matchAll(/<(?:input|button|select|textarea)\b[^>]*>/gs)].map(([tag]) => attributesOf(tag))
	const kept = inputs.filter(
		({ name, type }) => name !== undefined && !['submit', 'checkbox', 'radio'].includes(type ?? ''),
	)
	return Object.fromEntries(
		kept.filter(({ name }) => name !== 'approve' && name !== 'reject').map(({ name, value }) => [name, value ?? '']),
	)
}

function attributesOf(tag: string): Readonly<Record<string, string>> {
	const pairs = [...tag.matchAll(/\b([a-z-]+)=(["'])(.*?)\2/gs)]
	return Object.fromEntries(pairs.map(([, name = '', , value = '']) => [name, unescapeHtml(value)]))
}

function unescapeHtml(text: string): string {
	return text
		.replaceAll(/&#0*(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
		.replaceAll(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&amp;', '&')
}
