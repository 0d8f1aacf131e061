import { formatBasicCredentials } from '@postern/wordpress'
import { Secret } from '@postern/vocabulary'
import { startWordPress } from '../conformance/wordpress/start-wordpress.ts'
import type { Figure } from './figure.ts'
import { startConnectedPostern } from './gateway/connected-postern.ts'

const bench = 'gateway-wordpress'
const route = 'wp-json/wp/v2/posts?per_page=3'
const warmUpRounds = 40
const rounds = 150

/**
 * The same request to a real WordPress, straight and through the gateway, in turns and one at a time. Whoever asks sleeps in
 * between: PHP and Postern have no core to themselves where a load generator keeps one awake.
 */
export async function run(): Promise<readonly Figure[]> {
	const site = await startWordPress({ version: '6.5.5', permalinks: 'pretty' })
	const { password } = await site.createApplicationPassword('editor', 'Bench')
	const username = site.users.editor.username
	const postern = await startConnectedPostern({ siteUrl: site.url, credential: { username, password } })
	try {
		const asks = [
			asking(`${site.url}/${route}`, [username, password]),
			asking(`${site.url}/${route}`, [username, password]),
			asking(`${postern.gateway}${route}`, postern.login),
		]
		const [straight = 0, twin = 0, through = 0] = await medians(asks)
		const against = 'straight'
		return [
			{ bench, figure: 'WordPress 6.5.5, straight, p50', value: straight, unit: 'ms' },
			{ bench, figure: 'the same again (A/A), p50', value: twin, unit: 'ms', against, ratio: twin / straight },
			{
				bench,
				figure: 'through the gateway, p50',
				value: through,
				unit: 'ms',
				against,
				ratio: through / straight,
				aim: '≤ 1.03 ×',
			},
		]
	} finally {
		await postern.stop()
		await site.stop()
	}
}

function asking(url: string, [username, password]: readonly [string, string]): () => Promise<number> {
	const authorization = formatBasicCredentials(username, new Secret(password))
	return async () => {
		const startedAt = performance.now()
		const answer = await fetch(url, { headers: { authorization } })
		await answer.arrayBuffer()
		if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
		return performance.now() - startedAt
	}
}

async function medians(asks: readonly (() => Promise<number>)[]): Promise<readonly number[]> {
	const times = asks.map((): number[] => [])
	for (let round = -warmUpRounds; round < rounds; round += 1)
		for (let turn = 0; turn < asks.length; turn += 1) {
			const index = (turn + Math.abs(round)) % asks.length
			const ms = (await asks[index]?.()) ?? Number.NaN
			if (round >= 0) times[index]?.push(ms)
		}
	return times.map((all) => all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN)
}
