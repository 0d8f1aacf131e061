import { createAppPasswords, memoryStorage, memoryUsers, type User } from '@postern/app-passwords'
import { Secret } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidV4 } from '../targets/expected.ts'
import { newName } from '../targets/new-name.ts'
import { phpValue } from '../wordpress/launch-site.ts'
import { startWordPress, type WordPressSite } from '../wordpress/start-wordpress.ts'
import { wordpressVersions } from '../wordpress/wordpress-options.ts'

const owner: User = {
	id: 1,
	login: 'admin',
	email: 'admin@example.test',
	displayName: 'Ada',
	role: 'administrator',
	registered: new Date('2026-03-01T08:00:00Z'),
	locale: 'en_US',
	hasSecondFactor: false,
}
const occasion = { by: null, withPassword: null, ip: '192.0.2.1', requestId: null }
const secret = 'abcd EFGH 1234 ijkl MNOP 6789'
const bare = secret.replaceAll(' ', '')

/** How PHP makes each kind of hash that WordPress ever kept. */
const hashes = {
	phpass: `wp_hash_password( '${bare}' )`,
	bcrypt: `password_hash( '${bare}', PASSWORD_BCRYPT, array( 'cost' => 5 ) )`,
	'bcrypt over HMAC-SHA-384': `'$wp' . password_hash( base64_encode( hash_hmac( 'sha384', '${bare}', 'wp-sha384', true ) ), PASSWORD_BCRYPT, array( 'cost' => 5 ) )`,
	MD5: `md5( '${bare}' )`,
} as const

describe.each(wordpressVersions)('records of WordPress %s', (version) => {
	let site: WordPressSite
	beforeAll(async () => {
		site = await startWordPress({ version, permalinks: 'pretty' })
	})
	afterAll(() => site.stop())

	/** Lets WordPress make a record, and takes it over. */
	async function takeOver(hash: string) {
		const record = Object(
			await site.runPhp(`
				$made = WP_Application_Passwords::create_new_application_password( 1, array( 'name' => ${phpValue(newName())} ) );
				return $made[1];
			`),
		)
		const users = memoryUsers([owner])
		const storage = memoryStorage({ users })
		const appPasswords = createAppPasswords({ storage, users, environment: 'production' })
		const imported = {
			uuid: record.uuid,
			appId: record.app_id,
			name: record.name,
			hash: String(await site.runPhp(`return ${hash};`)),
			created: new Date(record.created * 1000),
			lastUsed: null,
			lastIp: null,
			grants: { scopes: [] },
		}
		await appPasswords.importFromWordPress(owner, [imported], occasion)
		const login = (password: string) =>
			appPasswords.authenticate({
				userId: 'admin',
				password: new Secret(password),
				ip: '192.0.2.1',
				isTls: true,
				requestId: null,
			})
		return { storage, appPasswords, imported, login }
	}

	it.each(Object.entries(hashes))(
		'#15 #16 #17 authenticate here, hashed with %s, and are upgraded once',
		async (_kind, hash) => {
			const { storage, imported, login } = await takeOver(hash)
			expect(await storage.listImported(owner)).toMatchObject([{ hash: imported.hash }])
			expect(await login('nobody knows this one')).toMatchObject({ ok: false, error: { code: 'incorrect_password' } })
			for (let times = 1; times <= 2; times += 1)
				expect(await login(secret)).toMatchObject({ ok: true, value: { password: { uuid: imported.uuid } } })
			expect(await storage.listImported(owner)).toEqual([])
		},
	)

	it('#17 are left as they are by WordPress itself', async () => {
		const { password, uuid } = await site.createApplicationPassword('editor', 'Kept')
		const hashOf = () =>
			site.runPhp(`
				$user = get_user_by( 'login', 'editor' );
				return WP_Application_Passwords::get_user_application_password( $user->ID, ${phpValue(uuid)} )['password'];
			`)
		const before = await hashOf()
		const headers = { Authorization: `Basic ${btoa(`editor:${password}`)}` }
		expect((await fetch(`${site.url}/wp-json/wp/v2/users/me`, { headers })).status).toBe(200)
		expect(await hashOf()).toBe(before)
	})

	it('#23 get a uuid where none was kept, there when they are listed and here when they are taken over', async () => {
		const { uuid } = await site.createApplicationPassword('author', 'Of the old plugin')
		const uuidOf = () =>
			site.runPhp(`
				$user = get_user_by( 'login', 'author' );
				return WP_Application_Passwords::get_user_application_passwords( $user->ID )[0]['uuid'];
			`)
		await site.runPhp(`
			$user = get_user_by( 'login', 'author' );
			$all  = WP_Application_Passwords::get_user_application_passwords( $user->ID );
			unset( $all[0]['uuid'] );
			return update_user_meta( $user->ID, '_application_passwords', $all );
		`)
		const given = await uuidOf()
		expect(given).not.toBe(uuid)
		expect([given, await uuidOf()]).toEqual([uuidV4, given])
		const { storage, appPasswords, imported } = await takeOver(hashes.MD5)
		await appPasswords.revokeAll(owner, occasion)
		await appPasswords.importFromWordPress(owner, [{ ...imported, uuid: '' }], occasion)
		expect(await storage.list(owner)).toMatchObject([{ uuid: uuidV4, name: imported.name }])
	})
})
