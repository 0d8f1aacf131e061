import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startStockedSite, type StockedSite } from '../differential/stocked-site.ts'
import { askGateway, type Asked, type Asking } from './ask-gateway.ts'
import { openGatewayStage, type ConnectedSite, type GatewayStage, type IssuedThere } from './gateway-stage.ts'

const kinds = [
	{ version: '6.5.5', permalinks: 'pretty' },
	{ version: '6.2.6', permalinks: 'plain' },
] as const

const made = z.object({ post: z.int(), revision: z.int(), pageRevision: z.int(), otherRevision: z.int() })

/** The account's own post, and revisions of it, of a page and of a post by somebody else. */
const makeRevisions = `
	$make = function ( $type, $author ) {
		$id = wp_insert_post( array( 'post_type' => $type, 'post_status' => 'publish', 'post_author' => $author, 'post_title' => 'First' ) );
		wp_update_post( array( 'ID' => $id, 'post_title' => 'Second' ) );
		return array( $id, (int) array_key_first( wp_get_post_revisions( $id ) ) );
	};
	list( $post, $revision ) = $make( 'post', 1 );
	return array( 'post' => $post, 'revision' => $revision, 'pageRevision' => $make( 'page', 1 )[1], 'otherRevision' => $make( 'post', 3 )[1] );
`

describe.each(kinds)('small scopes before WordPress $version, $permalinks permalinks', (kind) => {
	let site: StockedSite
	let stage: GatewayStage
	let there: ConnectedSite
	let posts: z.infer<typeof made>
	beforeAll(async () => {
		site = await startStockedSite(kind)
		stage = await openGatewayStage([site.site])
		there = await stage.connect(site.site, { name: site.name })
		posts = made.parse(await site.site.runPhp(makeRevisions))
	})
	afterAll(async () => {
		await stage.stop()
		await site.stop()
	})

	const ask = (password: IssuedThere, target: string, asking: Asking = {}): Promise<Asked> =>
		askGateway({ url: there.url, site }, password, `/wp-json/wp/v2${target}`, asking)
	const routesOf = ({ ran }: Asked): readonly string[] =>
		ran.flatMap(({ ran: routes }) => routes.map(({ method, route }) => `${method} ${route}`))

	it('T30 a revision is deleted only by way of the post that it is one of', async () => {
		const deleting = await stage.issue({ scopes: ['posts:read', 'posts:delete'] })
		for (const revision of [posts.pageRevision, posts.otherRevision]) {
			const refused = await ask(deleting, `/posts/${posts.post}/revisions/${revision}?force=true`, { method: 'DELETE' })
			expect(refused.status).toBe(404)
			expect(routesOf(refused).filter((ran) => !ran.startsWith('GET '))).toEqual([])
		}
		// Nobody may delete one, says WordPress itself, and it is asked.
		const route = `/posts/${posts.post}/revisions/${posts.revision}`
		expect(await ask(deleting, `${route}?force=true`, { method: 'DELETE' })).toMatchObject({
			status: 403,
			body: { code: 'rest_cannot_delete' },
		})
	})

	it('T30 a revision is read only by way of the post that it is one of', async () => {
		const reading = await stage.issue({ scopes: ['posts:read'] })
		const route = `/posts/${posts.post}/revisions`
		const own = await ask(reading, `${route}/${posts.revision}`)
		expect([own.status, own.body]).toMatchObject([200, { parent: posts.post }])
		const everything = await stage.issue({ preset: 'everything' })
		const shown = await ask(everything, `${route}/${posts.pageRevision}`)
		expect(shown.status, 'by WordPress itself').toBe(kind.version === '6.2.6' ? 200 : 404)
		const refused = await ask(reading, `${route}/${posts.pageRevision}`)
		expect(refused.status).toBe(404)
		expect(JSON.stringify(refused.body)).not.toContain('First')
	})

	it('T30 a block shows no post of a type that may not be read', async () => {
		const reader = await stage.issue({ preset: 'read-only' })
		const [page = 0] = site.pool.pages
		const [book = 0] = site.pool.books
		const render = (id: number) => ask(reader, `/block-renderer/core/post-title?context=edit&post_id=${id}`)
		expect([(await render(page)).status, (await render(book)).status]).toEqual([200, 404])
		const everything = await stage.issue({ preset: 'everything' })
		const shown = await ask(everything, `/block-renderer/core/post-title?context=edit&post_id=${book}`)
		expect(JSON.stringify(shown.body), 'by WordPress itself').toContain('book 1')
	})

	it('T30 a comment goes to the trash with the scope to delete, however that is spelled', async () => {
		const moderator = await stage.issue({ scopes: ['comments:write'] })
		const [comment] = site.pool.comments
		for (const status of ['trash', 'trash!', ' tr.ash'])
			expect((await ask(moderator, `/comments/${comment}`, { json: { status } })).status).toBe(403)
		const held = await ask(moderator, `/comments/${comment}`, { json: { status: 'ho!ld' } })
		expect(held.body).toMatchObject({ status: 'hold' })
	})
})
