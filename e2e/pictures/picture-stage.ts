import { startWordPress, type WordPressSite } from '../../conformance/wordpress/start-wordpress.ts'
import { launchBrowser } from '../../scripts/testing/browser.ts'
import { requireJapaneseFont } from '../../scripts/testing/japanese-font.ts'
import type { Stage } from '../testing/stage.ts'
import { startPostern } from '../testing/start-postern.ts'

const PORT = 8080

/** Sites that a reader can tell apart. Names below `localhost` lead to this machine without any name service. */
export const siteTitles = {
	garden: 'Garden notes',
	kitchen: 'Kitchen diary',
	allotment: 'Allotment society',
	kyoto: '京都の小さな門',
	workshop: 'Workshop log',
} as const
export type SiteName = keyof typeof siteTitles

export const siteUrl = (name: SiteName): string => `http://${name}.localhost:${PORT}`

/** One WordPress answers to all of these names, with a title for each. */
const manyNames = `
	foreach ( array( 'home', 'siteurl' ) as $option ) {
		add_filter( "pre_option_$option", function () { return 'http://' . ( $_SERVER['HTTP_HOST'] ?? 'garden.localhost:${PORT}' ); } );
	}
	add_filter( 'pre_option_blogname', function () {
		$titles = json_decode( '${JSON.stringify(siteTitles)}', true );
		return $titles[ strtok( $_SERVER['HTTP_HOST'] ?? '', '.' ) ] ?? 'WordPress';
	} );
`

/** The profile page asks WordPress.org for languages, and warns where it cannot. */
const noTranslations = `add_filter( 'translations_api', function () { return array( 'translations' => array() ); } );`

/** A stage whose addresses stay the same from run to run, so that pictures change only when a screen does. */
export async function openPictureStage(): Promise<Stage> {
	await requireJapaneseFont()
	const names = Object.keys(siteTitles).map((name) => `${name}.localhost:${PORT}`)
	const [started, launched] = await Promise.all([
		startWordPress({ version: '6.5.5', permalinks: 'pretty', port: PORT, plugins: [manyNames, noTranslations] }),
		launchBrowser(),
	])
	const site: WordPressSite = { ...started, url: siteUrl('garden') }
	const postern = await startPostern({ allowPrivate: names.join(',') })
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
