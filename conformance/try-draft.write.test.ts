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

	const left = () =>
		site.runPhp(`
			$posts = get_posts( array( 'post_status' => 'any,trash,auto-draft', 's' => 'Postern: trying a draft', 'numberposts' => -1 ) );
			return count( $posts );
		`)

	async function trial(role: SiteRole, find = discover) {
		const found = await find(site.url, reachSite(site.url))
		if (!found.ok) throw new Error(found.diagnosis.code)
		const { password } = await site.createApplicationPassword(role, `Trial ${crypto.randomUUID()}`)
		const credential = { username: people[role].username, password }
		return tryDraft(found.value, credential, reachSite(site.url))
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
		const tried = await trial(role, findXmlRpc)
		expect(tried).toMatchObject({ ok: true, value: { stored: 'as-sent' } })
		expect(await left()).toBe(0)
	})

	it('is refused by name to whoever may not write', async () => {
		for (const find of [discover, findXmlRpc])
			expect(await trial('subscriber', find)).toMatchObject({
				ok: false,
				problem: { code: 'site-credential/role-too-low' },
			})
	})
})
