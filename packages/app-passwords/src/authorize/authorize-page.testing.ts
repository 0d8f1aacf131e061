import { createAppPasswords } from '../create-app-passwords.ts'
import type { WireAnswer, WireRequest } from '../http/wire.ts'
import { memoryStorage } from '../memory-storage.ts'
import { memoryUsers } from '../memory-users.ts'
import type { Grants, Hooks, User } from '../types.ts'
import { createAuthorizePage } from './create-authorize-page.ts'
import type { AuthorizePageOptions, Visitor } from './options.ts'

const ada: User = {
	id: 7,
	login: 'ada',
	email: 'ada@example.com',
	displayName: 'Ada',
	role: 'editor',
	registered: new Date('2026-01-01'),
	locale: 'en_US',
	hasSecondFactor: false,
}

type Options = Partial<AuthorizePageOptions<User, Visitor, Grants>> & { readonly hooks?: Hooks }

/** A page with everything real but the browser, and a clock that a test moves. */
export function openPage({ hooks = {}, ...options }: Options = {}) {
	const users = memoryUsers([ada])
	const storage = memoryStorage<User, Grants>({ users })
	let at = new Date('2026-11-22T12:00:00Z')
	const now = () => at
	const environment = options.environment ?? 'production'
	const appPasswords = createAppPasswords({ storage, users, environment, now, hooks })
	const page = createAuthorizePage<User, Visitor, Grants>({
		appPasswords,
		findVisitor: (request) => {
			const session = request.header('cookie')
			return session === undefined ? undefined : { user: ada, session }
		},
		grants: { ofNew: () => ({ scopes: ['everything'] }) },
		site: { url: 'https://blog.example', name: 'The blog' },
		environment,
		now,
		...options,
	})
	const signedIn = { cookie: 'one' }
	return {
		appPasswords,
		page,
		/** Lets time pass. */
		wait: (ms: number) => (at = new Date(at.getTime() + ms)),
		list: () => appPasswords.list(ada),
		get: (query: string, headers: Record<string, string> = signedIn) =>
			page(wireRequest('GET', query === '' ? path : `${path}?${query}`, headers)),
		post: (form: Record<string, string>, headers: Record<string, string> = signedIn) =>
			page(wireRequest('POST', path, { 'content-type': formType, ...headers }, String(new URLSearchParams(form)))),
		send: (method: string, target: string, headers: Record<string, string> = signedIn, body = '') =>
			page(wireRequest(method, target, headers, body)),
	}
}

const path = '/wp-admin/authorize-application.php'
const formType = 'application/x-www-form-urlencoded'

function wireRequest(
	method: string,
	target: string,
	headers: Readonly<Record<string, string>>,
	body = '',
): WireRequest {
	const bytes = new TextEncoder().encode(body)
	return {
		method,
		target,
		header: (name) => headers[name],
		ip: '192.0.2.1',
		isTls: true,
		requestId: null,
		body: (limit) => Promise.resolve(bytes.length > limit ? undefined : bytes),
	}
}

/** The fields of the form as a browser would send them, without its buttons. */
export function fieldsOf({ body }: WireAnswer): Record<string, string> {
	const fields: Record<string, string> = {}
	for (const [input] of body.matchAll(/<input\b[^>]*>/g)) {
		const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1]
		const name = attribute('name')
		if (name !== undefined) fields[name] = decode(attribute('value') ?? '')
	}
	return fields
}

function decode(markup: string): string {
	return markup
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&')
}

/** What a reader sees: without tags, entities decoded. */
export function textOf({ body }: WireAnswer): string {
	return decode(body.replace(/<(head|style|script)\b.*?<\/\1>/gs, '').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ')
}
