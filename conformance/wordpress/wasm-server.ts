import type { ServerOrder } from './guard-server.ts'
import type { SiteFolder } from './site-folder.ts'
import type { WordPressOptions } from './wordpress-options.ts'

export async function wasmServer(_site: SiteFolder, _options: WordPressOptions, _port: number): Promise<ServerOrder> {
	throw new Error('being written')
}
