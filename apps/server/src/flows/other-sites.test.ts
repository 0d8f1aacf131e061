import { formatXmlRpcResponse } from '@postern/wordpress'
import type { Animal } from '@postern/wp-client/testing/zoo-server'
import { expect, it } from 'vitest'
import { connected, must } from './connected.testing.ts'
import { addOtherSite, listOtherSites } from './other-sites.ts'
import type { MemberVisit } from './open-for-member.ts'
import { tryDraft } from './try-draft.ts'

type Scene = Awaited<ReturnType<typeof connected>>

const visitOf = ({ workspaceId, connectorId, actor }: Scene, role: 'editor' | 'viewer' = 'editor'): MemberVisit => ({
	workspaceId,
	connectorId,
	visitor: { kind: 'member', role, ...actor },
	requestId: 'r',
	signal: new AbortController().signal,
})

/** The site says that the login opens these too. */
function names({ site }: Scene, urls: readonly string[]): void {
	const own: Animal = site.animal
	const blogs = urls.map((url) => ({
		isAdmin: false,
		url,
		blogid: '2',
		blogName: 'Second',
		xmlrpc: `${url}xmlrpc.php`,
	}))
	const headers = { 'content-type': 'text/xml; charset=UTF-8' }
	site.animal = (visit) =>
		visit.body.includes('wp.getUsersBlogs') ? { status: 200, headers, body: formatXmlRpcResponse(blogs) } : own(visit)
}

it('lists what else the login opens, without the site itself, and says what is connected already', async () => {
	const scene = await connected()
	const own = `http://127.0.0.1:${scene.zoo.httpPort}/`
	names(scene, [own, 'https://two.example/'])
	const listed = must(await listOtherSites(visitOf(scene), scene.ports))
	expect(listed).toEqual([{ url: 'https://two.example/', name: 'Second', isAdmin: false, isConnected: false }])
	const page = must(await scene.store.audit.page({ workspaceId: scene.workspaceId, limit: 1 }))
	expect(page.entries[0]).toMatchObject({ event: 'sites.listed', actor: { name: 'ada' } })
})

it('sends a credential to no address that the network does not name', async () => {
	const asked: string[] = []
	const scene = await connected({ ask: (ask) => (request) => (asked.push(request.url.host), ask(request)) })
	const own = `127.0.0.1:${scene.zoo.httpPort}`
	names(scene, [`http://${own}/`, 'https://two.example/'])
	const added = await addOtherSite({ ...visitOf(scene), url: 'https://three.example/' }, scene.ports)
	expect(added).toMatchObject({ ok: false, problem: { code: 'request/not-found' } })
	expect(new Set(asked)).toEqual(new Set([own]))
	expect(await scene.store.connectors.count(scene.workspaceId)).toMatchObject({ total: 1 })
})

it('lets nobody below an editor use the login for this', async () => {
	const scene = await connected()
	scene.zoo.visits.length = 0
	for (const refused of [
		await listOtherSites(visitOf(scene, 'viewer'), scene.ports),
		await tryDraft(visitOf(scene, 'viewer'), scene.ports),
	])
		expect(refused).toMatchObject({ ok: false, problem: { code: 'role/insufficient' } })
	expect(scene.zoo.visits).toEqual([])
})
