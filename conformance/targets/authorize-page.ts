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
	/** Of the form, as it would be sent without touching anything. */
	readonly fields: readonly Field[]
	readonly shownAt: number
}

type Field = readonly [name: string, value: string]

const path = '/wp-admin/authorize-application.php'
/** We take no answer that comes before anybody can have read the page. */
const READING_MS = 800

export function authorizePath(asked: Asked): string {
	const query = new URLSearchParams(asked).toString()
	return query === '' ? path : `${path}?${query}`
}

export async function openPage(place: Pick<Place, 'url'>, session: Headers, asked: Asked = {}): Promise<ShownPage> {
	const answer = await ask(place, authorizePath(asked), { headers: { Accept: 'text/html', ...session } })
	return { answer, fields: fieldsOf(answer.text), shownAt: Date.now() }
}

/** Sends the form back. `changed` is what the person typed, or somebody who tampers with it. */
export async function press(
	place: Pick<Place, 'url'>,
	session: Headers,
	page: ShownPage,
	buttons: readonly ('approve' | 'reject')[],
	changed: Readonly<Record<string, string>> = {},
): Promise<Answer> {
	await delay(Math.max(0, page.shownAt + READING_MS - Date.now()))
	const kept = page.fields.filter(([name]) => !Object.hasOwn(changed, name))
	const pressed = buttons.map((button) => [button, '1'] as const)
	const body = new URLSearchParams(
		[...kept, ...Object.entries(changed), ...pressed].map(([name, value]) => [name, value]),
	)
	const headers = { Accept: 'text/html', Origin: place.url, 'Content-Type': 'application/x-www-form-urlencoded' }
	return ask(place, path, { headers: { ...headers, ...session }, body: body.toString() })
}

export function fieldOf({ fields }: ShownPage, wanted: string): string | undefined {
	return fields.find(([name]) => name === wanted)?.[1]
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

function fieldsOf(text: string): readonly Field[] {
	const [form = ''] = /<form\b[^>]*authorize-application\.php.*?<\/form>/s.exec(text) ?? []
	const controls = form.matchAll(/<input\b[^>]*>|<select\b[^>]*>.*?<\/select>/gs)
	return [...controls].flatMap(([control]) => {
		const { name, type = 'text', value } = attributesOf(control)
		if (name === undefined || /^(?:submit|button)$/.test(type) || /^<\w+[^>]*\sdisabled\b/.test(control)) return []
		if (control.startsWith('<select')) return [[name, selectedOf(control)] as const]
		if (/^(?:checkbox|radio)$/.test(type)) return /\schecked\b/.test(control) ? [[name, value ?? 'on'] as const] : []
		return [[name, value ?? ''] as const]
	})
}

function selectedOf(select: string): string {
	const options = [...select.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag)
	const chosen = options.find((tag) => /\sselected\b/.test(tag)) ?? options[0] ?? ''
	return attributesOf(chosen)['value'] ?? ''
}

function attributesOf(tag: string): Readonly<Record<string, string>> {
	const [start = ''] = /^<[^>]*>/s.exec(tag) ?? []
	const pairs = [...start.matchAll(/\b([a-z-]+)=(["'])(.*?)\2/gs)]
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
