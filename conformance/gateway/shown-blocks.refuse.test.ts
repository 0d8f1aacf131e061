import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pixel } from '../differential/bodies.ts'
import { startStockedSite, type StockedSite } from '../differential/stocked-site.ts'
import { askGateway, type Asking } from './ask-gateway.ts'
import { openGatewayStage, type ConnectedSite, type GatewayStage, type IssuedThere } from './gateway-stage.ts'

const kinds = [
	{ version: '6.5.5', permalinks: 'pretty' },
	{ version: '6.2.6', permalinks: 'plain' },
] as const

const makePrivate = `
	foreach ( array( 'page', 'book', 'post' ) as $type ) {
		wp_insert_post( array( 'post_type' => $type, 'post_status' => 'private', 'post_title' => "Closed $type", 'post_content' => "<p>Nobody is told $type</p>" ) );
	}
	return true;
`
const loop = (postType: string) =>
	`<!-- wp:query {"query":{"postType":"${postType}","perPage":50}} --><div class="wp-block-query">` +
	'<!-- wp:post-template --><!-- wp:post-title /--><!-- wp:post-content /--><!-- /wp:post-template --></div><!-- /wp:query -->'

describe.each(kinds)('blocks that show other posts, before WordPress $version', (kind) => {
	let site: StockedSite
	let stage: GatewayStage
	let there: ConnectedSite
	beforeAll(async () => {
		site = await startStockedSite(kind)
		stage = await openGatewayStage([site.site])
		there = await stage.connect(site.site, { name: site.name })
		await site.site.runPhp(makePrivate)
	})
	afterAll(async () => {
		await stage.stop()
		await site.stop()
	})

	const ask = (password: IssuedThere, target: string, asking: Asking = {}) =>
		askGateway({ url: there.url, site }, password, `/wp-json/wp/v2${target}`, asking)

	it.each(['page', 'book'])('T30 a draft shows no private %s to whoever may read posts alone', async (type) => {
		const everything = await stage.issue({ preset: 'everything' })
		const shown = await ask(everything, '/posts', { json: { content: loop(type) } })
		expect(JSON.stringify(shown.body), 'by WordPress itself').toContain(`Nobody is told ${type}`)
		const drafter = await stage.issue({ preset: 'drafts-only' })
		const refused = await ask(drafter, '/posts', { json: { content: loop(type) } })
		expect(JSON.stringify(refused.body)).not.toContain(`Nobody is told ${type}`)
		expect(refused.status).toBe(403)
	})

	it.each(['', '/'])('T30 a draft shows no synced pattern to whoever may not read those: %s', async (slash) => {
		const [id = 0] = site.pool.blocks
		await site.site.runPhp(
			`return wp_update_post( array( 'ID' => ${id}, 'post_content' => '<p>Kept for later</p>' ) );`,
		)
		const content = `<!-- ${slash}wp:block {"ref":${id}} /-->`
		const everything = await stage.issue({ preset: 'everything' })
		const shown = await ask(everything, '/posts', { json: { content } })
		expect(JSON.stringify(shown.body), 'by WordPress itself').toContain('Kept for later')
		const drafter = await stage.issue({ preset: 'drafts-only' })
		expect((await ask(drafter, '/posts', { json: { content } })).status).toBe(403)
	})

	it.each([
		['a list that names no type', '<!-- wp:query {"seen":{"postType":"page"}} -->' + loop('wp_block')],
		['a pattern of WordPress', '<!-- wp:pattern {"slug":"core/query-standard-posts"} /-->'],
	])('T30 a page shows no private post by %s', async (_, content) => {
		const everything = await stage.issue({ preset: 'everything' })
		const shown = await ask(everything, '/pages', { json: { content } })
		expect(JSON.stringify(shown.body), 'by WordPress itself').toMatch(/Closed post|Nobody is told post/)
		const writer = await stage.issue({ scopes: ['pages:draft', 'blocks:read'] })
		expect((await ask(writer, '/pages', { json: { content } })).status).toBe(403)
	})

	it('T30 the description of an upload shows no private page either', async () => {
		const uploader = await stage.issue({ scopes: ['media:write', 'html:unfiltered'] })
		const form = new FormData()
		form.set('description', loop('page'))
		form.set('file', new Blob([pixel], { type: 'image/png' }), 'a.png')
		const sent = new Response(form)
		const type = sent.headers.get('content-type') ?? ''
		const body = new Uint8Array(await sent.arrayBuffer())
		const refused = await ask(uploader, '/media', { method: 'POST', headers: [['Content-Type', type]], body })
		expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('application-password/scope-missing')])
	})

	it('a draft may show posts to whoever may read them', async () => {
		const drafter = await stage.issue({ preset: 'drafts-only' })
		expect((await ask(drafter, '/posts', { json: { content: loop('post') } })).status).toBe(201)
	})
})
