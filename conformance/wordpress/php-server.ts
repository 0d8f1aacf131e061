import { join } from 'node:path'
import type { ServerOrder } from './guard-server.ts'
import { phpFolder, type SiteFolder } from './site-folder.ts'
import type { WordPressOptions } from './wordpress-options.ts'

/** Without workers a request from WordPress to itself would wait for itself. */
const WORKERS = '4'

const settings = {
	display_errors: 'stderr',
	error_reporting: '-1',
	log_errors: '0',
	memory_limit: '256M',
	upload_max_filesize: '64M',
	post_max_size: '64M',
	'opcache.enable': '1',
	'opcache.revalidate_freq': '0',
}

/** How to serve that site with the web server inside the machine's PHP. */
export function phpServer(site: SiteFolder, options: WordPressOptions, port: number): ServerOrder {
	const set = Object.entries(settings).flatMap(([name, value]) => ['-d', `${name}=${value}`])
	return {
		command: 'php',
		args: [...set, '-S', `127.0.0.1:${port}`, '-t', site.documentRoot, join(phpFolder, 'router.php')],
		env: {
			PHP_CLI_SERVER_WORKERS: WORKERS,
			POSTERN_BASE: options.path ?? '',
			POSTERN_PERMALINKS: options.permalinks,
			POSTERN_REQUESTS: site.requestLog,
		},
		folder: site.folder,
	}
}
