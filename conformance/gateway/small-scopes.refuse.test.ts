import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { pixel } from '../differential/bodies.ts'
import { openRawConnection } from '../differential/raw-connection.ts'
import { startStockedSite, type StockedSite } from '../differential/stocked-site.ts'
import { askGateway, type Asked, type Asking } from './ask-gateway.ts'
import { openGatewayStage, type ConnectedSite, type GatewayStage, type IssuedThere } from './gateway-stage.ts'

const kinds = [
	{ version: '6.5.5', permalinks: 'pretty' },
	{ version: '6.2.6', permalinks: 'plain' },
] as const

/** All that is no draft of the account's, revisions of drafts apart. */
const publicState = `
	global $wpdb;
	return $wpdb->get_results( "SELECT ID, post_title, post_status, post_author, post_date, post_password FROM $wpdb->posts
		WHERE post_type NOT IN ( 'revision' ) AND NOT ( post_status IN ( 'draft', 'pending' ) AND post_author = 1 ) ORDER BY ID" );
`

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

	it('T32 the terms of a taxonomy that was found on the site are reached as WordPress’ own, and no further', async () => {
		const [genre] = site.pool.genres
		const reader = await stage.issue({ scopes: ['terms:read'] })
		const read = await ask(reader, `/Genres/${genre}?_embed`)
		expect([read.status, read.body]).toMatchObject([200, { id: genre, name: 'Gatehouse tales', taxonomy: 'genre' }])
		expect((await ask(reader, '/genres', { json: { name: 'Tales' } })).status).toBe(403)
		const writer = await stage.issue({ scopes: ['terms:write'] })
		expect((await ask(writer, '/genres', { json: { name: 'Tales' } })).status).toBe(201)
		expect((await ask(writer, `/genres/${genre}?force=true`, { method: 'DELETE' })).status).toBe(403)
		const posting = await stage.issue({ scopes: ['posts:publish', 'types:books:publish'] })
		expect((await ask(posting, `/genres/${genre}`)).status).toBe(403)
	})

	it('T30 a comment goes to the trash with the scope to delete, however that is spelled', async () => {
		const moderator = await stage.issue({ scopes: ['comments:write'] })
		const [comment] = site.pool.comments
		for (const status of ['trash', 'trash!', ' tr.ash'])
			expect((await ask(moderator, `/comments/${comment}`, { json: { status } })).status).toBe(403)
		const held = await ask(moderator, `/comments/${comment}`, { json: { status: 'ho!ld' } })
		expect(held.body).toMatchObject({ status: 'hold' })
	})

	it('T31 the title of an upload is held to a line', async () => {
		const uploader = await stage.issue({ scopes: ['media:write'] })
		const form = new FormData()
		form.set('title', '<b style="position:fixed">x</b>')
		form.set('file', new Blob([pixel], { type: 'image/png' }), 'a.png')
		const sent = new Response(form)
		const { port, pathname } = new URL(there.url)
		const connection = openRawConnection(Number(port))
		const refused = await connection.ask({
			method: 'POST',
			target: `${pathname === '/' ? '' : pathname}/wp-json/wp/v2/media`,
			headers: [...Object.entries(uploader.basic), ['Content-Type', sent.headers.get('content-type') ?? '']],
			body: Buffer.from(await sent.arrayBuffer()),
		})
		connection.close()
		expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('application-password/scope-missing')])
	})

	it('T26 a password for drafts makes nothing public and changes nothing that is', async () => {
		const drafter = await stage.issue({ preset: 'drafts-only' })
		const [live = 0] = site.pool.published
		const [draft = 0, , pending = 0, foreign = 0] = site.pool.drafts
		const before = await site.site.runPhp(publicState)
		const statuses = ['publish', 'PUBLISH', ' publish', 'publish ', 'future', 'private', 'inherit', 'trash', true, 1, 0]
		const strange = [['publish'], { 0: 'publish' }, { raw: 'publish' }, 'draft,publish', 'pub\tlish', '']
		const fields: readonly Readonly<Record<string, unknown>>[] = [
			...[...statuses, ...strange].map((status) => ({ title: 'x', status })),
			{ title: 'x', status: 'draft', date: '2020-01-01T00:00:00' },
			{ title: 'x', sticky: true },
			{ title: 'x', post_status: 'publish' },
			{ title: 'x', type: 'page', status: 'draft' },
			{ title: 'x', author: 3 },
			{ title: 'x' },
		]
		const ids = [live, draft, pending, foreign]
		for (const json of fields) {
			await ask(drafter, '/posts', { json })
			for (const id of ids) for (const below of ['', '/autosaves']) await ask(drafter, `/posts/${id}${below}`, { json })
			await ask(
				drafter,
				`/posts?${new URLSearchParams({ status: typeof json['status'] === 'string' ? json['status'] : 'publish' })}`,
				{ json },
			)
			await ask(drafter, '/pages', { json })
			const requests = [{ path: `/wp/v2/posts/${draft}`, method: 'PUT', body: json }]
			await askGateway({ url: there.url, site }, drafter, '/wp-json/batch/v1', { json: { requests } })
		}
		for (const id of ids.filter((one) => one !== draft && one !== pending))
			await ask(drafter, `/posts/${draft}`, { json: { id, title: 'y' } })
		expect(await site.site.runPhp(publicState)).toEqual(before)
		expect((await ask(drafter, `/posts/${draft}`, { json: { title: 'z' } })).status).toBe(200)
	}, 120_000)
})
