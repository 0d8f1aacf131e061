import { formatBasicCredentials } from '@postern/wordpress'
import { Secret } from '@postern/vocabulary'
import { startWordPress } from '../conformance/wordpress/start-wordpress.ts'
import type { Figure } from './figure.ts'
import { startConnectedPostern } from './gateway/connected-postern.ts'
import { compareServers } from './paired/compare-servers.ts'

const bench = 'gateway-wordpress'
const route = 'wp-json/wp/v2/posts?per_page=3'
const load = { rounds: 9, ms: 2_000, connections: 1 }

/** The same request to a real WordPress, straight and through the gateway, one at a time. */
export async function run(): Promise<readonly Figure[]> {
	const site = await startWordPress({ version: '6.5.5', permalinks: 'pretty' })
	const { password } = await site.createApplicationPassword('editor', 'Bench')
	const username = site.users.editor.username
	const postern = await startConnectedPostern({ siteUrl: site.url, credential: { username, password } })
	try {
		const { port, host, pathname } = new URL(postern.gateway)
		const straight = {
			port: site.port,
			pid: postern.pid(),
			request: get(`/${route}`, new URL(site.url).host, [username, password]),
		}
		const candidates = [
			{ name: 'straight', ...straight },
			{ name: 'straight again', ...straight },
			{
				name: 'gateway',
				port: Number(port),
				pid: postern.pid(),
				request: get(`${pathname}${route}`, host, postern.login),
			},
		]
		const [direct, twin, through] = await compareServers(candidates, load)
		if (!direct || !twin || !through || through.failed + direct.failed > 0) throw new Error('answers failed')
		const share = (one: typeof direct) => one.p50Us / direct.p50Us
		return [
			{ bench, figure: 'WordPress 6.5.5, straight, p50', value: direct.p50Us / 1_000, unit: 'ms' },
			{
				bench,
				figure: 'the same again (A/A), p50',
				value: twin.p50Us / 1_000,
				unit: 'ms',
				against: 'straight',
				ratio: share(twin),
			},
			{
				bench,
				figure: 'through the gateway, p50',
				value: through.p50Us / 1_000,
				unit: 'ms',
				against: 'straight',
				ratio: share(through),
				aim: '≤ 1.03 ×',
			},
		]
	} finally {
		await postern.stop()
		await site.stop()
	}
}

function get(target: string, host: string, [username, password]: readonly [string, string]): string {
	const authorization = formatBasicCredentials(username, new Secret(password))
	return `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\nAuthorization: ${authorization}\r\n\r\n`
}
