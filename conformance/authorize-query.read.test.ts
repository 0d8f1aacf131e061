import { parseAuthorizeQuery } from '@postern/wordpress'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { wordpressVersions } from './wordpress/wordpress-options.ts'

const uuid = '6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e'

/** What WordPress and we answer alike, in every environment. */
const alike: readonly Readonly<Record<string, string>>[] = [
	{},
	{
		app_name: 'App',
		app_id: uuid,
		success_url: 'https://app.example/cb',
		reject_url: 'https://app.example:8443/no?x=1',
	},
	...[
		'wordpress://example',
		'myapp://callback?x=1',
		'http://example.org',
		'http://localhost:3000/cb',
		'http://127.0.0.2/',
	].flatMap(both),
	...['javascript:alert(1)', 'JavaScript://x/', 'data:text/html,x', 'data://h/x', '//evil/x', '/rel', 'foo'].flatMap(
		both,
	),
	...['myapp:callback', 'com.example.app:/cb', 'https://', 'file:///etc', ' https://app.example/', ''].flatMap(both),
	...['nope', uuid.toUpperCase(), `urn:uuid:${uuid}`, ''].map((appId) => ({ app_id: appId })),
	{ app_id: 'nope', success_url: 'javascript:x', reject_url: 'http://example.org' },
]

/** What WordPress lets pass and we refuse (class x). */
const stricter: readonly string[] = [
	'https://user:pass@h/',
	'https://user@h/',
	'HTTP://h/',
	'vbscript://x/y',
	'file://host/x',
	'ftp://x/',
	'https://app.example/cb#x',
	'https://exa mple.org',
	'https://app.example/?password=x',
	'https://evil.example\\@good.example/',
]

function both(url: string): readonly Readonly<Record<string, string>>[] {
	return [{ success_url: url }, { reject_url: url }]
}

function ourCodes(request: Readonly<Record<string, string>>, allowHttp: boolean): readonly string[] {
	const read = parseAuthorizeQuery(new URLSearchParams(request).toString(), { allowHttp })
	return read.ok ? [] : [...new Set(read.faults.map(({ code }) => code))].toSorted()
}

describe.each(wordpressVersions)('WordPress %s', (version) => {
	describe.each(['local', 'production'] as const)('in the environment %s', (environment) => {
		let site: WordPressSite
		beforeAll(async () => {
			site = await startWordPress({ version, permalinks: 'pretty', environment })
		})
		afterAll(() => site.stop())

		const theirCodes = async (requests: readonly unknown[]): Promise<unknown> => {
			const encoded = Buffer.from(JSON.stringify(requests)).toString('base64')
			return site.runPhp(
				`return array_map( function ( $request ) {
					$checked = wp_is_authorize_application_password_request_valid( $request, get_user_by( 'login', 'author' ) );
					$codes = is_wp_error( $checked ) ? $checked->get_error_codes() : array();
					sort( $codes );
					return $codes;
				}, json_decode( base64_decode( '${encoded}' ), true ) );`,
			)
		}

		it('#156 #157 #158 #159 #161 #162 #166 refuses the same requests with the same codes', async () => {
			const ours = alike.map((request) => ourCodes(request, environment === 'local'))
			expect(await theirCodes(alike)).toEqual(ours)
			expect(ours.flat()).toContain('invalid_app_id')
		})

		it('#163 #164 #165 lets pass what we refuse', async () => {
			const requests = stricter.map((url) => ({ success_url: url }))
			expect(await theirCodes(requests)).toEqual(requests.map(() => []))
			expect(requests.filter((request) => ourCodes(request, environment === 'local').length === 0)).toEqual([])
		})

		it('#160 refuses this very device before 7.0, in production', async () => {
			const requests = [{ success_url: 'http://127.0.0.1:3000/' }, { success_url: 'http://[::1]:3000/' }]
			const expected = environment === 'local' ? [] : ['invalid_redirect_scheme']
			expect(await theirCodes(requests)).toEqual([expected, expected])
			expect(requests.flatMap((request) => ourCodes(request, false))).toEqual([])
		})
	})
})
