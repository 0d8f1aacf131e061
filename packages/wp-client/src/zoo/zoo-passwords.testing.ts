import { randomBytes, randomUUID } from 'node:crypto'
import { json, type Page, refusal, type Visit } from './zoo-pages.testing.ts'

export type SitePassword = {
	readonly uuid: string
	readonly name: string
	readonly app_id: string
	/** 24 letters and digits, without gaps. */
	readonly password: string
}

/** The application passwords of one account of a zoo site. */
export type SitePasswords = {
	readonly list: () => readonly SitePassword[]
	/** By the secret, spelled with gaps or without. */
	readonly find: (secret: string) => SitePassword | undefined
	readonly add: (fields: { readonly name: string; readonly app_id: string }) => SitePassword
	readonly revoke: (uuid: string) => boolean
}

export function createSitePasswords(first: SitePassword): SitePasswords {
	const kept = new Map([[first.uuid, first]])
	return {
		list: () => [...kept.values()],
		find: (secret) => [...kept.values()].find(({ password }) => password === secret.replace(/[^A-Za-z0-9]/g, '')),
		add: ({ name, app_id }) => {
			const made = { uuid: randomUUID(), name, app_id, password: randomBytes(12).toString('hex') }
			kept.set(made.uuid, made)
			return made
		},
		revoke: (uuid) => kept.delete(uuid),
	}
}

export function passwordDocument({ uuid, name, app_id }: SitePassword): Readonly<Record<string, unknown>> {
	return { uuid, app_id, name, created: '2026-11-21T00:00:00', last_used: null, last_ip: null }
}

/** `users/me/application-passwords` for whoever is signed in: lists, makes and takes away. */
export function passwordsPage(route: string, { method, url, body }: Visit, passwords: SitePasswords): Page {
	const uuid = /\/application-passwords\/([0-9a-f-]{36})$/.exec(route)?.[1]
	if (uuid === undefined) {
		if (method === 'GET') return json(200, passwords.list().map(passwordDocument))
		return method === 'POST' ? makePassword(fieldsOf(url, body), passwords) : refusal(404, 'rest_no_route')
	}
	const found = passwords.list().find((one) => one.uuid === uuid)
	if (found === undefined) return refusal(404, 'rest_application_password_not_found')
	if (method !== 'DELETE') return json(200, passwordDocument(found))
	passwords.revoke(uuid)
	return json(200, { deleted: true, previous: passwordDocument(found) })
}

function makePassword({ name, app_id = '' }: { name?: string; app_id?: string }, passwords: SitePasswords): Page {
	if (name === undefined || name.trim() === '') return refusal(400, 'rest_missing_callback_param')
	// Every version up to 6.6 refuses a name twice.
	if (passwords.list().some((one) => one.name === name))
		return refusal(409, 'application_password_duplicate_name', 'Each application name should be unique.')
	const made = passwords.add({ name, app_id })
	return json(201, { ...passwordDocument(made), password: made.password.replace(/(.{4})(?=.)/g, '$1 ') })
}

/** A parameter may come in the address, in a form or in JSON. */
function fieldsOf(url: string, body: string): { name?: string; app_id?: string } {
	const query = Object.fromEntries(new URL(url, 'http://zoo.invalid').searchParams)
	if (body.startsWith('{')) return { ...query, ...JSON.parse(body) }
	return { ...query, ...Object.fromEntries(new URLSearchParams(body)) }
}
