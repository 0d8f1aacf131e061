import { discover, verifySiteCredential, type VerifyResult } from '@postern/wp-client'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { certificates } from '../packages/egress/src/testing/certificates.ts'
import { reachSite } from './reach-site.ts'
import { putHttpsInFront } from './wordpress/https-front.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { type SiteRole, wordpressVersions } from './wordpress/wordpress-options.ts'

// "Check the permalinks, the security plugin, the role": each hint as what is really said of a WordPress that fails in that way.
// Permalinks fail together with a web server: conformance/web-servers.

/** What Wordfence does as it comes: the feature is off, and its namespace shows that it is there. */
const likeWordfence = `
	add_filter( 'wp_is_application_passwords_available', '__return_false' );
	add_action( 'rest_api_init', function () {
		register_rest_route( 'wordfence/v1', '/scan', array(
			'methods' => 'GET', 'callback' => '__return_true', 'permission_callback' => '__return_false',
		) );
	} );
`
const notForAuthors = `
	add_filter( 'wp_is_application_passwords_available_for_user', function ( $available, $user ) {
		return $available && ! in_array( 'author', $user->roles, true );
	}, 10, 2 );
`

let site: WordPressSite | undefined
afterEach(() => site?.stop())

async function diagnose(started: WordPressSite, user: SiteRole, url = started.url) {
	const { password } = await started.createApplicationPassword(user, 'Postern')
	const ports = reachSite(url)
	const found = await discover(url, ports)
	const result: VerifyResult = found.ok
		? await verifySiteCredential(found.value, { username: user, password }, ports)
		: found
	return result.ok ? 'ok' : result.diagnosis
}

describe.each(wordpressVersions)('WordPress %s', (version) => {
	it('a security plugin that switches application passwords off is named, with its setting', async () => {
		const behaviours = ['behind-https'] as const
		site = await startWordPress({
			version,
			permalinks: 'pretty',
			environment: 'production',
			behaviours,
			plugins: [likeWordfence],
		})
		const front = await putHttpsInFront(site, certificates.good)
		onTestFinished(() => front.stop())
		expect(await diagnose(site, 'author', front.url)).toMatchObject({
			code: 'application-passwords/off',
			certainty: 'sure',
			rung: 'application-passwords',
			params: { plugin: 'Wordfence: “Disable WordPress application passwords”' },
		})
	})

	it('a role that may only read is named, with the account', async () => {
		site = await startWordPress({ version, permalinks: 'pretty' })
		expect(await diagnose(site, 'subscriber')).toMatchObject({
			code: 'site-credential/role-too-low',
			certainty: 'sure',
			rung: 'permissions',
			params: { username: 'subscriber', role: 'subscriber' },
		})
	})

	it('a role for which application passwords are off cannot be told from a wrong password, and is said to be possible', async () => {
		site = await startWordPress({ version, permalinks: 'pretty', plugins: [notForAuthors] })
		expect(await diagnose(site, 'author')).toMatchObject({
			code: 'site-credential/rejected',
			rung: 'login',
			alternatives: ['application-passwords/off-for-user'],
		})
		expect(await diagnose(site, 'editor')).toBe('ok')
	})

	it('plain permalinks alone are no failure', async () => {
		site = await startWordPress({ version, permalinks: 'plain' })
		expect(await diagnose(site, 'author')).toBe('ok')
	})
})
