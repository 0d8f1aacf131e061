import { ok } from '@postern/vocabulary'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Connector } from '../connector/connector.ts'
import type { GatewayConnector } from '../connector/gateway-connectors.ts'
import type { Store } from '../store.ts'
import { accessOf } from './access.testing.ts'
import { addConnector, diagnosis, draftOf, factsOf, healthy, pasted } from './connector.testing.ts'
import { type TestClock, valueOf } from './place.testing.ts'

const later = new Date('9999-01-01T00:00:00Z')
const dayMs = 24 * 60 * 60_000

export function gatewayConnectorCases(getStore: () => Store, clock: TestClock): void {
	let store: Store
	let workspaceId = ''
	let other = ''
	let sites = 0
	beforeEach(async () => {
		store = getStore()
		workspaceId = (await store.workspaces.create('Ours')).id
		other = (await store.workspaces.create('Theirs')).id
	})
	/** Nobody connected it before. */
	const newHost = () => `site-${(sites += 1)}.gateway.example`
	const add = () => addConnector(store, workspaceId, 'Blog', newHost())
	const slugOf = async (siteUrl: string) => {
		const draft = draftOf(workspaceId, new URL(siteUrl).host, later)
		return (await store.connectors.createDraft({ ...draft, site: { ...draft.site, url: siteUrl } })).slug
	}

	describe('the name of a connector in addresses', () => {
		it.each([
			['https://blog.slug.example/', 'blog-slug-example'],
			['https://Slug.EXAMPLE/shop/news/', 'slug-example-shop-news'],
			['https://日本語.slug.example/', 'xn-wgv71a119e-slug-example'],
			['https://slug.example/%E6%9D%B1/', 'slug-example-e6-9d-b1'],
			['http://127.0.0.1:8080/', '127-0-0-1-8080'],
			['http://[::1]/', '1'],
			[`https://${'long.'.repeat(12)}slug.example/`, 'long-long-long-long-long-long-long-long'],
			['http://localhost/', 'localhost-2'],
			['http://www/', 'www-2'],
		])('is made of where the site is: %s', async (url, slug) => {
			expect(await slugOf(url)).toBe(slug)
			expect(slug).toMatch(/^[a-z0-9](-?[a-z0-9]){0,47}$/)
		})

		it('is another for each connector of a site, for drafts too, in whatever workspace', async () => {
			const slugs = new Set<string>()
			for (let count = 0; count < 15; count += 1) slugs.add(await slugOf('https://many.slug.example/'))
			expect(slugs.size).toBe(15)
			expect([...slugs].slice(0, 3)).toEqual(['many-slug-example', 'many-slug-example-2', 'many-slug-example-3'])
			for (const slug of slugs) expect(slug).toMatch(/^many-slug-example(-\d+)?$/)
		})

		it('is not given to two that race for it', async () => {
			const slugs = await Promise.all(Array.from({ length: 6 }, () => slugOf('https://race.slug.example/')))
			expect(new Set(slugs).size).toBe(6)
		})

		it('stays, whatever the site and the connector are called later', async () => {
			const { id, slug } = await add()
			await store.connectors.rename(workspaceId, id, 'Renamed')
			const facts = factsOf('moved.gateway.example')
			await store.connectors.recordCheck(workspaceId, id, { sealVersion: 1, health: healthy, facts })
			expect((await store.connectors.find(workspaceId, id))?.slug).toBe(slug)
		})

		it('rests for 90 days when its connector is deleted, and is free at once when a draft is', async () => {
			const [host, draftHost] = [newHost(), newHost()]
			const { id, slug } = await addConnector(store, workspaceId, 'Blog', host)
			const draft = await store.connectors.createDraft(draftOf(workspaceId, draftHost, later))
			const short = draftOf(workspaceId, newHost(), new Date(clock.now.getTime() + 1))
			const { slug: expired } = await store.connectors.createDraft(short)
			await store.connectors.delete(workspaceId, id)
			await store.connectors.deleteDraft(workspaceId, draft.id)
			await store.connectors.deleteExpiredDrafts(new Date(clock.now.getTime() + 1))
			expect((await addConnector(store, other, 'Blog', host)).slug).toBe(`${slug}-2`)
			expect((await addConnector(store, other, 'Blog', draftHost)).slug).toBe(draft.slug)
			expect((await addConnector(store, other, 'Blog', short.site.host)).slug).toBe(expired)
			const now = clock.now
			clock.now = new Date(now.getTime() + 90 * dayMs - 1)
			expect((await addConnector(store, other, 'Blog', host)).slug).toBe(`${slug}-3`)
			clock.now = new Date(now.getTime() + 90 * dayMs)
			expect((await addConnector(store, other, 'Blog', host)).slug).toBe(slug)
			clock.now = now
		})
	})

	type Found = GatewayConnector | undefined
	type Change = {
		readonly make: (connector: Connector) => unknown
		readonly expected: (found: Found) => unknown
		readonly becomes: unknown
	}
	const changes: Readonly<Record<string, Change>> = {
		'a new name': {
			make: ({ id }) => store.connectors.rename(workspaceId, id, 'Renamed'),
			expected: (found) => found?.name,
			becomes: 'Renamed',
		},
		'a pause': {
			make: ({ id }) => store.connectors.pause(workspaceId, id),
			expected: (found) => found?.isPaused,
			becomes: true,
		},
		'a refused credential': {
			make: ({ id }) => store.connectors.recordRejectedLogin(workspaceId, id, 1),
			expected: (found) => found?.rejectedLogins,
			becomes: 1,
		},
		'another credential': {
			make: ({ id, site }) =>
				store.connectors.replaceCredential(workspaceId, id, {
					facts: factsOf(site.host),
					health: healthy,
					sealed: Uint8Array.of(9),
					sealVersion: 2,
					...pasted,
				}),
			expected: (found) => found && [found.sealVersion, [...found.sealed]],
			becomes: [2, [9]],
		},
		'another way to the site': {
			make: ({ id, site }) =>
				store.connectors.replaceCredential(workspaceId, id, {
					facts: factsOf(site.host),
					health: healthy,
					sealed: Uint8Array.of(9),
					sealVersion: 2,
					...pasted,
					reach: { transport: 'xml-rpc', edge: { username: 'staging', sealed: Uint8Array.of(7) }, pin: 'ab' },
				}),
			expected: (found) => found && [found.reach.transport, found.reach.pin, [...(found.reach.edge?.sealed ?? [])]],
			becomes: ['xml-rpc', 'ab', [7]],
		},
		'other capabilities': {
			make: ({ id, site }) => {
				const facts = { ...factsOf(site.host), capabilities: ['read'] }
				return store.connectors.recordCheck(workspaceId, id, { sealVersion: 1, health: healthy, facts })
			},
			expected: (found) => found && [...found.capabilities],
			becomes: ['read'],
		},
		'its end': {
			make: ({ id }) => store.connectors.delete(workspaceId, id),
			expected: (found) => found === undefined,
			becomes: true,
		},
		'a change that was recorded in the same transaction': {
			make: ({ id }) =>
				store.transaction(async ({ connectors, audit }) => {
					const actor = { kind: 'member', id: 'mem_a', name: 'Mia' } as const
					await connectors.pause(workspaceId, id)
					const entry = { workspaceId, event: 'connector.renamed', actor, target: null, params: {} } as const
					return ok(await audit.record({ ...entry, requestId: null }))
				}),
			expected: (found) => found?.isPaused,
			becomes: true,
		},
	}

	describe('a connector that a request looks up', () => {
		it('has all that the request needs', async () => {
			const connector = await add()
			const { site, account, capabilities, state: _, ...rest } = connector
			const found = await store.gatewayConnectors.findBySlug(connector.slug)
			const { authorizationEndpoint: _end, wordpressVersion: _version, ...needed } = site
			expect(found && { ...found, sealed: [...found.sealed] }).toEqual({
				id: rest.id,
				workspaceId,
				type: rest.type,
				name: 'Blog',
				slug: connector.slug,
				isPaused: false,
				rejectedLogins: 0,
				rowVersion: connector.rowVersion,
				site: needed,
				account,
				capabilities: new Set(capabilities),
				sealed: [0, 1, 2, 255],
				sealVersion: 1,
				siteOrigin: site.origin,
				reach: pasted.reach,
			})
		})

		it('is none before it is saved, nor where there is none', async () => {
			const draft = await store.connectors.createDraft(draftOf(workspaceId, newHost(), later))
			expect(await store.gatewayConnectors.findBySlug(draft.slug)).toBeUndefined()
			expect(await store.gatewayConnectors.findBySlug('nobody')).toBeUndefined()
			await store.connectors.save(workspaceId, draft.id, 'Blog')
			expect(await store.gatewayConnectors.findBySlug(draft.slug)).toMatchObject({ id: draft.id })
		})

		it.each(Object.entries(changes))('is found with %s as soon as that was answered', async (_, change) => {
			const connector = await add()
			const find = () => store.gatewayConnectors.findBySlug(connector.slug)
			for (let count = 0; count < 3; count += 1) expect(change.expected(await find())).not.toEqual(change.becomes)
			await change.make(connector)
			// What is recorded hides no change that came before it, or while it is written.
			store.accessJournal.note(accessOf(workspaceId))
			await store.accessJournal.flush()
			for (let count = 0; count < 3; count += 1) expect(change.expected(await find())).toEqual(change.becomes)
		})

		it('is read once, whatever is recorded meanwhile, where the store is ours alone', async () => {
			const { slug, id } = await add()
			const find = () => store.gatewayConnectors.findBySlug(slug)
			const before = await find()
			for (let count = 0; count < 3; count += 1) {
				valueOf(await store.accessJournal.commit(accessOf(workspaceId, { isWrite: true }), null))
				expect((await find()) === before).toBe(store.type === 'sqlite')
			}
			await store.connectors.rename(workspaceId, id, 'Renamed')
			expect(await find()).not.toBe(before)
		})
	})

	describe('a site credential that the site refuses', () => {
		it('is counted, and shown on the connector', async () => {
			const { id, site, account } = await add()
			const reject = () => store.connectors.recordRejectedLogin(workspaceId, id, 1)
			expect([await reject(), await reject(), await reject()]).toMatchObject([
				{ count: 1, change: 'needs-attention', connector: { id } },
				{ count: 2, change: undefined },
				{ count: 3, change: undefined },
			])
			expect(await store.connectors.find(workspaceId, id)).toMatchObject({
				state: 'needs-attention',
				diagnosis: {
					code: 'site-credential/rejected',
					params: { host: site.host, username: account.username },
					rung: 'login',
				},
			})
		})

		it('says nothing of another credential, or of another workspace', async () => {
			const { id } = await add()
			expect(await store.connectors.recordRejectedLogin(workspaceId, id, 2)).toBeUndefined()
			expect(await store.connectors.recordRejectedLogin(other, id, 1)).toBeUndefined()
			await store.connectors.recordRejectedLogin(workspaceId, id, 1)
			await store.connectors.recordAcceptedLogin(workspaceId, id, 2)
			await store.connectors.recordAcceptedLogin(other, id, 1)
			expect(await store.connectors.recordRejectedLogin(workspaceId, id, 1)).toMatchObject({ count: 2 })
		})

		it.each<[string, (id: string, host: string) => unknown]>([
			['the site takes it again', (id) => store.connectors.recordAcceptedLogin(workspaceId, id, 1)],
			['a check succeeds', (id) => store.connectors.recordCheck(workspaceId, id, { sealVersion: 1, health: healthy })],
			[
				'it is replaced',
				(id, host) =>
					store.connectors.replaceCredential(workspaceId, id, {
						facts: factsOf(host),
						health: healthy,
						sealed: Uint8Array.of(9),
						sealVersion: 2,
						...pasted,
					}),
			],
		])('is forgotten when %s', async (_, reset) => {
			const { id, slug, site } = await add()
			await store.connectors.recordRejectedLogin(workspaceId, id, 1)
			await reset(id, site.host)
			expect(await store.connectors.find(workspaceId, id)).toMatchObject({ state: 'healthy', diagnosis: null })
			expect(await store.gatewayConnectors.findBySlug(slug)).toMatchObject({ rejectedLogins: 0 })
		})

		it('leaves a connector whose account may not publish as limited as it was, once the site takes it again', async () => {
			const { id, site } = await add()
			const facts = { ...factsOf(site.host), permissions: ['read', 'draft'] as const }
			const health = { ...healthy, state: 'limited' } as const
			await store.connectors.recordCheck(workspaceId, id, { sealVersion: 1, health, facts })
			await store.connectors.recordRejectedLogin(workspaceId, id, 1)
			await store.connectors.recordAcceptedLogin(workspaceId, id, 1)
			expect(await store.connectors.find(workspaceId, id)).toMatchObject({ state: 'limited', diagnosis: null })
		})

		it('is not forgotten when a check fails, which counts as well when the site refused its login', async () => {
			const { id, slug } = await add()
			await store.connectors.recordRejectedLogin(workspaceId, id, 1)
			const health = { ...healthy, state: 'needs-attention', diagnosis } as const
			await store.connectors.recordCheck(workspaceId, id, { sealVersion: 1, health })
			expect(await store.gatewayConnectors.findBySlug(slug)).toMatchObject({ rejectedLogins: 2 })
			const down = { ...diagnosis, code: 'network/timeout' } as const
			await store.connectors.recordCheck(workspaceId, id, { sealVersion: 1, health: { ...health, diagnosis: down } })
			expect(await store.gatewayConnectors.findBySlug(slug)).toMatchObject({ rejectedLogins: 2 })
		})
	})

	describe('a paused connector', () => {
		it('is shown, counted and found as paused, until it is resumed as it was', async () => {
			const { id, rowVersion } = await add()
			await add()
			expect(await store.connectors.pause(workspaceId, id)).toMatchObject({
				id,
				state: 'paused',
				isPaused: true,
				rowVersion: rowVersion + 1,
			})
			const ids = async (state: 'paused' | 'healthy') => {
				const found = valueOf(await store.connectors.page({ workspaceId, sort: 'name', limit: 10, state }))
				return found.connectors.map((one) => one.id)
			}
			expect(await ids('paused')).toEqual([id])
			expect(await ids('healthy')).not.toContain(id)
			const counts = await store.connectors.count(workspaceId)
			expect(counts).toMatchObject({ total: 2, byState: { paused: 1, healthy: 1 } })
			expect(await store.connectors.resume(workspaceId, id)).toMatchObject({ state: 'healthy', isPaused: false })
			expect(await ids('paused')).toEqual([])
		})

		it('is paused by its own workspace only', async () => {
			const { id } = await add()
			expect(await store.connectors.pause(other, id)).toBeUndefined()
			await store.connectors.pause(workspaceId, id)
			expect(await store.connectors.resume(other, id)).toBeUndefined()
			expect((await store.connectors.find(workspaceId, id))?.isPaused).toBe(true)
		})
	})
}
