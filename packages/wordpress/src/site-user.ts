import { asRecord, asText, asTexts } from './json-reading.ts'

/** The user of `GET /wp/v2/users/me?context=edit`. Texts are as sent. */
export type SiteUser = {
	readonly id: number
	readonly username: string
	readonly name: string
	readonly roles: readonly string[]
	/** The map as sent: plugins put other things than booleans into it. */
	readonly capabilities: unknown
}

/** Reads a user in the `edit` context; undefined when it is not one. */
export function readSiteUser(value: unknown): SiteUser | undefined {
	const user = asRecord(value) ?? {}
	const id = user['id']
	const username = asText(user['username'])
	if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0 || username === '') return undefined
	return {
		id,
		username,
		name: asText(user['name']),
		roles: asTexts(user['roles'], 20),
		capabilities: user['capabilities'],
	}
}
