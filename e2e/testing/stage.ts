import type { WordPressOptions } from '../../conformance/wordpress/wordpress-options.ts'
import { startWordPress, type WordPressSite } from '../../conformance/wordpress/start-wordpress.ts'
import { launchBrowser, type TestBrowser } from '../../scripts/testing/browser.ts'
import { startPostern, type Postern } from './start-postern.ts'

/** A real site, a real Postern that may reach it, and a browser. */
export type Stage = {
	readonly site: WordPressSite
	readonly postern: Postern
	readonly launched: TestBrowser
	close(): Promise<void>
}

/** Brings all three up for one file of tests. `POSTERN_ALLOW_PRIVATE` names this one site and nothing else. */
export async function openStage(wordpress: Partial<WordPressOptions> = {}): Promise<Stage> {
	const [site, launched] = await Promise.all([
		startWordPress({ version: '6.5.5', permalinks: 'pretty', ...wordpress }),
		launchBrowser(),
	])
	const postern = await startPostern({ allowPrivate: `127.0.0.1:${site.port}` })
	return {
		site,
		postern,
		launched,
		close: async () => {
			await launched.close()
			await Promise.all([postern.stop(), site.stop()])
		},
	}
}
