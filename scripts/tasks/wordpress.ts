import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { startWordPress } from '../../conformance/wordpress/start-wordpress.ts'
import { wordpressVersions } from '../../conformance/wordpress/wordpress-options.ts'

/** `npm run wordpress -- [--version 6.5.5] [--permalinks plain] [--port 8080]`: a real WordPress to try Postern with, until Ctrl-C. */
export async function run(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			version: { type: 'string', default: '6.5.5' },
			permalinks: { type: 'string', default: 'pretty' },
			port: { type: 'string', default: '8080' },
		},
	})
	const version = wordpressVersions.find((known) => known === values.version)
	if (version === undefined || (values.permalinks !== 'pretty' && values.permalinks !== 'plain')) {
		process.stderr.write(`--version is one of ${wordpressVersions.join(', ')}; --permalinks is pretty or plain.\n`)
		return 2
	}
	const site = await startWordPress({ version, permalinks: values.permalinks, port: Number(values.port) })
	const { username, password } = site.users.admin
	process.stdout.write(
		[
			`WordPress ${version} is ready: ${site.url}`,
			`Sign in at ${site.url}/wp-admin/ as ${username} with ${password}`,
			`Let Postern reach it: POSTERN_ALLOW_PRIVATE=127.0.0.1:${site.port} npm start`,
			'',
		].join('\n'),
	)
	await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
	await site.stop()
	return 0
}
