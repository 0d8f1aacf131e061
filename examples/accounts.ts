import { createAppPasswords, memoryStorage, memoryUsers, type User } from '@postern/app-passwords'

const ada: User = {
	id: 1,
	login: 'ada',
	email: 'ada@example.com',
	displayName: 'Ada',
	role: 'administrator',
	registered: new Date(),
	locale: 'en_US',
	hasSecondFactor: false,
}

/** One person, whose application passwords are kept in memory. `local` lets them be used over plain http. */
export const users = memoryUsers([ada])
export const appPasswords = createAppPasswords({ storage: memoryStorage({ users }), users, environment: 'local' })

export const port = Number(process.env['PORT'] ?? 8080)
export const site = { url: `http://127.0.0.1:${port}`, name: 'Example' }

/** Issues an application password and prints how to use it. Nobody can read it again. */
export async function issueOne(): Promise<void> {
	const issued = await appPasswords.create(
		ada,
		{ name: 'Command line', grants: { scopes: [] } },
		{ by: ada, withPassword: null, ip: '127.0.0.1', requestId: null },
	)
	if (!issued.ok) throw new Error(issued.error.message)
	console.log(`curl --user "ada:${issued.value.secret.reveal()}" ${site.url}/wp-json/wp/v2/users/me`)
}
