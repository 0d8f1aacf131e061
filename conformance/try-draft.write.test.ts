import { discover, findXmlRpc, tryDraft } from '@postern/wp-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reachSite } from './reach-site.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { people, type SiteRole, wordpressVersions } from './wordpress/wordpress-options.ts'

describe.each(wordpressVersions)('a draft on trial on WordPress %s', (version) => {
	let site: WordPressSite
	beforeAll(async () => {
		site = await startWordPress({ version, permalinks: 'pretty' })
	})
	afterAll(() => site.stop())

	const left = (where = site) =>
		where.runPhp(`
			$posts = get_posts( array( 'post_status' => 'any,trash,auto-draft', 's' => 'Postern: trying a draft', 'numberposts' => -1 ) );
			return count( $posts );
		`)

	async function trial(role: SiteRole, { find = discover, site: where = site } = {}) {
		const found = await find(where.url, reachSite(where.url))
		if (!found.ok) throw new Error(found.diagnosis.code)
		const { password } = await where.createApplicationPassword(role, `Trial ${crypto.randomUUID()}`)
		const credential = { username: people[role].username, password }
		return tryDraft(found.value, credential, reachSite(where.url))
	}

	it.each(['contributor', 'author', 'admin'] as const)(
		'goes the whole way of a post, and nothing is left: %s',
		async (role) => {
			const tried = await trial(role)
			expect(tried).toMatchObject({ ok: true, value: { stored: 'as-sent' } })
			expect(tried.ok && tried.value.steps.map(({ step }) => step)).toEqual(['write', 'read', 'delete'])
			expect(tried.ok && tried.value.leftBehind).toBeUndefined()
			expect(await left()).toBe(0)
		},
	)

	it.each(['contributor', 'author', 'admin'] as const)('goes the whole way over XML-RPC as well: %s', async (role) => {
		const tried = await trial(role, { find: findXmlRpc })
		expect(tried).toMatchObject({ ok: true, value: { stored: 'as-sent' } })
		expect(await left()).toBe(0)
	})

	it('is deleted also where a host lets nothing but GET and POST through', async () => {
		const plugin = `if ( 'DELETE' === ( $_SERVER['REQUEST_METHOD'] ?? '' ) ) { http_response_code( 405 ); exit( '<html>No</html>' ); }`
		for (const permalinks of ['pretty', 'plain'] as const) {
			const narrow = await startWordPress({ version, permalinks, plugins: [plugin] })
			try {
				const tried = await trial('author', { site: narrow })
				expect(tried).toMatchObject({ ok: true, value: { stored: 'as-sent' } })
				expect(tried.ok && tried.value.leftBehind).toBeUndefined()
				expect(await left(narrow)).toBe(0)
			} finally {
				await narrow.stop()
			}
		}
	})

	it('is refused by name to whoever may not write', async () => {
		for (const find of [discover, findXmlRpc])
			expect(await trial('subscriber', { find })).toMatchObject({
				ok: false,
				problem: { code: 'site-credential/role-too-low' },
			})
	})
})
