import { beforeAll, describe, expect, it } from 'vitest'
import type { ConnectorQuery } from '../connector/connector.ts'
import type { Store } from '../store.ts'
import { addConnector, healthy } from './connector.testing.ts'
import { type TestClock, valueOf } from './place.testing.ts'

/** Each is a name and a host. In the order of the list: case and width do not count, `_` stands before letters, kana before Han. */
const sites = [
	['_under_score', 'under.example'],
	['100% Wolle', 'wolle.example'],
	['alpha', 'one.example'],
	['ALPHA', 'two.example'],
	['ＡＬＰＨＡ Ⅳ', 'three.example'],
	['back\\slash', 'slash.example'],
	['Éclair', 'eclair.example'],
	['さくら', '日本語.example'],
	['東京', 'tokyo.example'],
] as const

const sorted = [
	'100% Wolle',
	'_under_score',
	'alpha',
	'ALPHA',
	'ＡＬＰＨＡ Ⅳ',
	'back\\slash',
	'Éclair',
	'さくら',
	'東京',
]

export function connectorPageCases(getStore: () => Store, clock: TestClock): void {
	describe('a page of connectors', () => {
		let store: Store
		let workspaceId = ''
		beforeAll(async () => {
			store = getStore()
			workspaceId = (await store.workspaces.create('Ours')).id
			const noise = (await store.workspaces.create('Theirs')).id
			for (const [name, host] of sites) {
				clock.now = new Date(clock.now.getTime() + 1_000)
				await addConnector(store, noise, name, host)
				await addConnector(store, workspaceId, name, host)
			}
		})

		async function names(query: Partial<ConnectorQuery>): Promise<string[]> {
			const page = valueOf(await store.connectors.page({ workspaceId, sort: 'name', limit: 50, ...query }))
			expect(page.total).toBe(page.connectors.length)
			expect(page.nextCursor).toBeNull()
			return page.connectors.map(({ name }) => name)
		}

		/** Reads page after page to the end. */
		async function walk(query: Partial<ConnectorQuery>): Promise<string[]> {
			const seen: string[] = []
			let cursor: string | undefined
			do {
				const page = valueOf(await store.connectors.page({ workspaceId, sort: 'name', limit: 2, ...query, cursor }))
				expect(page.connectors.length).toBeLessThanOrEqual(2)
				seen.push(...page.connectors.map(({ name }) => name))
				cursor = page.nextCursor ?? undefined
			} while (cursor !== undefined)
			return seen
		}

		it('is sorted by name alike in both stores, or the newest first', async () => {
			const byName = await names({})
			// Which of two equal names comes first is decided by the id, which is random.
			const folded = byName.map((name) => name.toLowerCase())
			expect(folded).toEqual(sorted.map((name) => name.toLowerCase()))
			expect(await names({ sort: 'created' })).toEqual(sites.map(([name]) => name).toReversed())
		})

		it('follows the one before without a gap and without a repetition', async () => {
			expect(await walk({})).toEqual(await names({}))
			expect(await walk({ sort: 'created' })).toEqual(await names({ sort: 'created' }))
			expect((await walk({ search: 'alpha' })).toSorted()).toEqual(['ALPHA', 'alpha', 'ＡＬＰＨＡ Ⅳ'])
		})

		it('counts what matches on all pages', async () => {
			const page = valueOf(await store.connectors.page({ workspaceId, sort: 'name', limit: 2 }))
			expect(page).toMatchObject({ total: sites.length, connectors: { length: 2 } })
		})

		it.each([
			['part of a name, in any case', 'LpH', 3],
			['full width, by narrow letters', 'alpha iv', 1],
			['a percent sign, which stands for itself', '%', 1],
			['an underscore, which stands for itself', '_', 1],
			['a backslash, which stands for itself', '\\', 1],
			['an accent, in capitals', 'ÉCL', 1],
			['an accent, typed as two characters', 'E\u0301cl', 1],
			['Japanese', '京', 1],
			['part of a host', 'o.exam', 1 + 1],
			['an international host', '日本語', 1],
			['an international host, as the wire says it', 'xn--wgv71a119e', 1],
			['spaces around', '  wolle ', 1],
			['only spaces', '   ', sites.length],
			['what nobody is called', 'zebra', 0],
			['an attempt at SQL', "' or 1=1 --", 0],
			['a NUL', 'al\0pha', 3],
		])('finds %s', async (_, search, count) => {
			expect(await names({ search })).toHaveLength(count)
			expect(await names({ search, sort: 'created' })).toHaveLength(count)
		})

		it('shows only the state that is asked for', async () => {
			const [first] = valueOf(await store.connectors.page({ workspaceId, sort: 'name', limit: 1 })).connectors
			if (first === undefined) throw new Error('no connector')
			const health = { ...healthy, state: 'maintenance' } as const
			await store.connectors.recordCheck(workspaceId, first.id, { sealVersion: 1, health })
			expect(await names({ state: 'maintenance' })).toEqual([first.name])
			expect(await names({ state: 'healthy' })).toHaveLength(sites.length - 1)
			expect(await names({ state: 'maintenance', search: 'zebra' })).toEqual([])
			expect(await store.connectors.count(workspaceId)).toEqual({
				total: sites.length,
				byState: {
					healthy: sites.length - 1,
					maintenance: 1,
					limited: 0,
					'needs-attention': 0,
					unreachable: 0,
					checking: 0,
					paused: 0,
				},
			})
			await store.connectors.recordCheck(workspaceId, first.id, { sealVersion: 1, health: healthy })
		})

		it.each(['', 'x', '!!!', 'bnVsbA', Buffer.from('["created",5,"con_x"]').toString('base64url'), '["name","a","b"]'])(
			'refuses the cursor %j',
			async (cursor) => {
				const page = await store.connectors.page({ workspaceId, sort: 'name', limit: 2, cursor })
				expect(page).toMatchObject({ ok: false, problem: { code: 'request/type-error', params: { field: 'cursor' } } })
			},
		)

		it('takes a name of any length', async () => {
			const long = 'ﷺ'.repeat(500) // one character that folds to eighteen
			const { id } = await addConnector(store, workspaceId, long, `${'long.'.repeat(48)}example`)
			expect((await store.connectors.find(workspaceId, id))?.name).toBe(long)
			await store.connectors.delete(workspaceId, id)
		})
	})
}
