import { setTimeout as delay } from 'node:timers/promises'
import { contract } from '@postern/api/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostern, type Postern } from '../../e2e/testing/start-postern.ts'
import { startPostgres, type TestPostgres } from '../../scripts/testing/postgres.ts'
import { valueOf } from '../targets/postern-target.ts'
import { startWordPress, type WordPressSite } from '../wordpress/start-wordpress.ts'
import { openGatewayStage, type ConnectedSite, type GatewayStage, type IssuedThere } from './gateway-stage.ts'

/** A route that takes half a minute to answer, bit by bit. */
const drip = `
	add_action( 'rest_api_init', function () {
		register_rest_route( 'slow/v1', '/drip', array( 'methods' => 'GET', 'permission_callback' => '__return_true', 'callback' => function () {
			while ( ob_get_level() > 0 ) ob_end_clean();
			header( 'Content-Type: application/json' );
			echo '["';
			for ( $i = 0; $i < 300; $i++ ) { echo 'drip '; flush(); usleep( 100000 ); }
			exit( '"]' );
		} ) );
	} );
`

describe('what is revoked on one of two nodes', () => {
	let postgres: TestPostgres
	let site: WordPressSite
	let stage: GatewayStage
	let there: ConnectedSite
	let second: Postern
	beforeAll(async () => {
		;[postgres, site] = await Promise.all([
			startPostgres(),
			startWordPress({ version: '6.5.5', permalinks: 'pretty', plugins: [drip] }),
		])
		const environment = { DATABASE_URL: postgres.databaseUrl }
		stage = await openGatewayStage([site], { environment })
		const { dataFolder } = stage.postern // with the key of the vault
		second = await startPostern({ allowPrivate: `127.0.0.1:${site.port}`, environment, dataFolder })
		there = await stage.connect(site, { name: 'Garden notes' })
	})
	afterAll(async () => {
		await second.stop()
		await stage.stop()
		await Promise.all([site.stop(), postgres.stop()])
	})

	const addresses = () => [there.url, `${second.origin}/sites/${there.connector.slug}`]
	const read = async (address: string, { basic }: IssuedThere): Promise<number> => {
		const answer = await fetch(`${address}/wp-json/wp/v2/posts?per_page=1`, { headers: basic })
		await answer.text()
		return answer.status
	}

	/** Asks on both nodes without a pause, does it, and says how long after it each node still let something through. */
	async function lastSuccesses(password: IssuedThere, end: () => Promise<void>): Promise<readonly number[]> {
		const last: number[] = addresses().map(() => 0)
		let endedAt = Number.POSITIVE_INFINITY
		const asking = addresses().map(async (address, node) => {
			// Whoever is refused too often is not listened to any more; so not more than that often.
			for (let refused = 0; refused < 8 && performance.now() < endedAt + 4_000;) {
				const startedAt = performance.now()
				if ((await read(address, password)) === 200) last[node] = startedAt
				else refused += 1
				await delay(refused === 0 ? 5 : 250)
			}
		})
		await delay(500)
		await end()
		endedAt = performance.now()
		await Promise.all(asking)
		return last.map((startedAt) => startedAt - endedAt)
	}

	it('#238 T70 T71 a password lets nothing more through here at once, and on the other node within a second', async () => {
		const password = await stage.issue({ preset: 'read-only' })
		const [here = 0, other = 0] = await lastSuccesses(password, () => stage.revoke(password.uuid))
		expect(here).toBeLessThanOrEqual(0)
		expect(other).toBeLessThanOrEqual(1_000)
	})

	it('#238 a paused connector likewise, and it goes on when it is resumed', async () => {
		const password = await stage.issue({ preset: 'read-only' })
		const { workspaceId, session } = stage
		const connector = { workspaceId, connectorId: there.connector.id }
		const [here = 0, other = 0] = await lastSuccesses(password, async () => {
			valueOf(await session.client.call(contract.pauseConnector, connector))
		})
		expect(here).toBeLessThanOrEqual(0)
		expect(other).toBeLessThanOrEqual(1_000)
		valueOf(await session.client.call(contract.resumeConnector, connector))
		for (const address of addresses()) await expect.poll(() => read(address, password)).toBe(200)
	})

	it('T71 an open stream is cut within five seconds on both nodes, and the record says that it was revoked', async () => {
		const password = await stage.issue({ scopes: ['ns:slow/v1:read'] })
		const began = addresses().map(() => Promise.withResolvers<void>())
		const streams = addresses().map(async (address, node) => {
			const answer = await fetch(`${address}/wp-json/slow/v1/drip`, { headers: password.basic })
			const reader = answer.body?.getReader()
			let bytes = 0
			try {
				for (;;) {
					const chunk = await reader?.read()
					if (chunk === undefined || chunk.done) return { end: 'whole', at: performance.now(), bytes }
					bytes += chunk.value.length
					began[node]?.resolve()
				}
			} catch {
				return { end: 'cut', at: performance.now(), bytes }
			}
		})
		await Promise.all(began.map(({ promise }) => promise))
		await stage.revoke(password.uuid)
		const revokedAt = performance.now()
		for (const { end, at, bytes } of await Promise.all(streams)) {
			expect(end).toBe('cut')
			expect(bytes).toBeGreaterThan(0)
			expect(at - revokedAt).toBeLessThan(5_000)
		}
		const ends = async () =>
			(await stage.records()).filter(({ access }) => access?.route === '/slow/v1/drip').map(({ access }) => access?.end)
		await expect.poll(ends).toEqual(['revoked', 'revoked'])
	})
})
