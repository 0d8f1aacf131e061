import type { Secret } from '@postern/vocabulary'
import { formatBasicCredentials } from '@postern/wordpress'
import {
	createAppPasswords,
	createHandler,
	MANAGE_SCOPE,
	memoryStorage,
	memoryUsers,
	type AppPasswordsOptions,
	type Connection,
	type Grants,
	type HandlerOptions,
	type NewPassword,
	type User,
	type WordPressRole,
} from '../index.ts'

function person(id: number, login: string, role: WordPressRole): User {
	return {
		id,
		login,
		email: `${login}@example.test`,
		displayName: `${login[0]?.toUpperCase() ?? ''}${login.slice(1)}`,
		role,
		registered: new Date('2026-03-01T08:00:00Z'),
		locale: 'en_US',
		hasSecondFactor: false,
	}
}

export const people = {
	admin: person(1, 'ada', 'administrator'),
	editor: person(2, 'edo', 'editor'),
	subscriber: person(3, 'sam', 'subscriber'),
	other: person(4, 'bea', 'administrator'),
}
export const siteUrl = 'https://postern.example'
const base = '/wp-json/wp/v2'

export type Asked = {
	readonly as?: { readonly Authorization: string }
	readonly method?: string
	/** An object goes as JSON. */
	readonly body?: unknown
	readonly headers?: Readonly<Record<string, string>>
	readonly connection?: Partial<Connection>
}
type Got = { readonly status: number; readonly headers: Headers; readonly text: string; readonly json: unknown }

/** A provider with four people, asked through `Request` and `Response`. */
export async function startProvider(
	settings: Partial<HandlerOptions<User, Grants>> & {
		readonly domain?: Partial<AppPasswordsOptions<User, Grants>>
		readonly people?: readonly User[]
	} = {},
) {
	const { domain, people: all = Object.values(people), ...options } = settings
	const users = memoryUsers<User>(all)
	const storage = memoryStorage<User, Grants>({ users })
	const appPasswords = createAppPasswords<User, Grants>({ storage, users, environment: 'production', ...domain })
	const handler = createHandler<User, Grants>({
		appPasswords,
		users,
		site: { url: siteUrl, name: 'Test' },
		...options,
	})

	const issue = async (owner: User, wanted: Partial<NewPassword> = {}) => {
		const occasion = { by: null, withPassword: null, ip: '192.0.2.9', requestId: null }
		const issued = await appPasswords.create(owner, { name: 'Test', grants: { scopes: [] }, ...wanted }, occasion)
		if (!issued.ok) throw new Error(issued.error.code)
		const { password, secret } = issued.value
		return { password, secret, as: basic(owner.login, secret), uuid: password.uuid }
	}
	/** One that may manage passwords, as every password may in WordPress. */
	const issueManaging = (owner: User) => issue(owner, { grants: { scopes: [MANAGE_SCOPE] } })

	/** A path that starts with `users` is one of `/wp-json/wp/v2`. */
	const ask = async (path: string, asked: Asked = {}): Promise<Got> => {
		const response = await handler(toRequest(path, asked), { ip: '192.0.2.7', isTls: true, ...asked.connection })
		if (response === undefined) throw new Error('That path is not ours')
		const text = await response.text()
		const isJson = response.headers.get('content-type')?.includes('json') === true && text !== ''
		const json: unknown = isJson ? JSON.parse(text) : undefined
		return { status: response.status, headers: response.headers, text, json }
	}

	return { users, storage, appPasswords, handler, issue, issueManaging, ask }
}

export function basic(login: string, secret: Secret): { readonly Authorization: string } {
	return { Authorization: formatBasicCredentials(login, secret) }
}

export function toRequest(path: string, { as, method = 'GET', body, headers }: Asked): Request {
	const isText = typeof body === 'string' || body instanceof URLSearchParams || body instanceof Uint8Array
	const type = body === undefined || isText || body instanceof FormData ? {} : { 'Content-Type': 'application/json' }
	const content = body === undefined || isText || body instanceof FormData ? body : JSON.stringify(body)
	return new Request(`${siteUrl}${path.startsWith('users') ? `${base}/${path}` : path}`, {
		method,
		headers: { ...type, ...as, ...headers },
		body: (content as BodyInit | undefined) ?? null, // a Uint8Array is one, whatever its buffer's type says
	})
}

/** `401 rest_not_logged_in`, or the status alone. */
export function outcome({ status, json }: Got): string {
	const code = typeof json === 'object' && json !== null && 'code' in json ? ` ${String(json.code)}` : ''
	return `${status}${code}`
}
