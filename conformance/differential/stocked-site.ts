import { copyFileSync, existsSync, openSync, readSync, rmSync, truncateSync, closeSync, fstatSync } from 'node:fs'
import { join } from 'node:path'
import { startWordPress, type IssuedPassword, type WordPressSite } from '../wordpress/start-wordpress.ts'
import type { WordPressVersion } from '../wordpress/wordpress-options.ts'
import { pixel } from './bodies.ts'
import type { Pool } from './plain-request.ts'
import type { RanEvent } from './what-ran.ts'

/** A WordPress with something of everything, that notes what it runs and can be put back as it was. */
export type StockedSite = {
	readonly name: string
	readonly site: WordPressSite
	readonly permalinks: 'pretty' | 'plain'
	readonly pool: Pool
	/** The credential that Postern holds there: an administrator's, so that only scopes narrow. */
	readonly credential: { readonly username: string; readonly userId: number } & IssuedPassword
	readonly capabilities: readonly string[]
	/** What was run since it was last asked. */
	takeEvents(): readonly RanEvent[]
	/** Puts back what requests have changed. */
	restore(): void
	/** From now on that is the state to put back. */
	keep(): void
	stop(): Promise<void>
}

export type SiteKind = { readonly version: WordPressVersion; readonly permalinks: 'pretty' | 'plain' }

export async function startStockedSite({ version, permalinks }: SiteKind): Promise<StockedSite> {
	const site = await startWordPress({ version, permalinks, behaviours: ['note-what-runs'] })
	try {
		const issued = await site.createApplicationPassword('admin', 'Postern')
		const { username } = site.users.admin
		const stock = readStock(await site.runPhp(stockCode))
		const database = join(site.folder, 'root/wp-content/database/.ht.sqlite')
		const kept = join(site.folder, 'kept.sqlite')
		const keep = (): void => copyFileSync(database, kept)
		keep()
		return {
			name: `WordPress ${version}, ${permalinks} permalinks`,
			site,
			permalinks,
			pool: { ...stock.pool, passwordUuid: issued.uuid },
			credential: { ...issued, username, userId: stock.userId },
			capabilities: stock.capabilities,
			takeEvents: eventsOf(join(site.folder, 'root/wp-content/ran')),
			restore: () => {
				copyFileSync(kept, database)
				rmSync(`${database}-journal`, { force: true })
			},
			keep,
			stop: site.stop,
		}
	} catch (error) {
		await site.stop()
		throw error
	}
}

const stockCode = `
	$make = function ( $type, $status, $count, $author = 1 ) {
		$ids = array();
		for ( $i = 1; $i <= $count; $i++ ) {
			$ids[] = wp_insert_post( array( 'post_type' => $type, 'post_status' => $status, 'post_author' => $author,
				'post_title' => "$type $i", 'post_content' => '<p>Text</p>', 'post_date' => '2026-01-0' . $i . ' 09:00:00' ) );
		}
		return $ids;
	};
	$upload = wp_upload_bits( 'dot.png', null, base64_decode( '${pixel.toString('base64')}' ) );
	$media = wp_insert_attachment( array( 'post_title' => 'Dot', 'post_mime_type' => 'image/png', 'post_author' => 1 ), $upload['file'] );
	$posts = $make( 'post', 'publish', 2 );
	$comment = wp_insert_comment( array( 'comment_post_ID' => $posts[0], 'comment_content' => 'Nice', 'comment_approved' => 1, 'user_id' => 2 ) );
	$tag = wp_insert_term( 'gate', 'post_tag' );
	$category = wp_insert_term( 'Side doors', 'category' );
	$genre = wp_insert_term( 'Gatehouse tales', 'genre' );
	$admin = get_user_by( 'login', 'admin' );
	return array(
		'pool' => array(
			'published' => array_merge( $posts, $make( 'post', 'publish', 1, 3 ) ),
			'drafts' => array_merge( $make( 'post', 'draft', 2 ), $make( 'post', 'pending', 1 ), $make( 'post', 'draft', 1, 3 ), $make( 'post', 'private', 1 ) ),
			'pages' => array_merge( $make( 'page', 'publish', 1 ), $make( 'page', 'draft', 1 ) ),
			'media' => array( $media ),
			'comments' => array( $comment ),
			'categories' => array( 1, $category['term_id'] ),
			'tags' => array( $tag['term_id'] ),
			'genres' => array( $genre['term_id'] ),
			'blocks' => $make( 'wp_block', 'publish', 1 ),
			'books' => array_merge( $make( 'book', 'publish', 1 ), $make( 'book', 'draft', 1 ) ),
			'users' => array_map( 'intval', get_users( array( 'fields' => 'ID' ) ) ),
		),
		'userId' => $admin->ID,
		'capabilities' => array_keys( array_filter( $admin->allcaps ) ),
	);
`

type Stock = {
	readonly pool: Omit<Pool, 'passwordUuid'>
	readonly userId: number
	readonly capabilities: readonly string[]
}

function isStock(answer: unknown): answer is Stock {
	return (
		typeof answer === 'object' && answer !== null && 'pool' in answer && 'userId' in answer && 'capabilities' in answer
	)
}

function readStock(answer: unknown): Stock {
	if (!isStock(answer)) throw new Error(`the site could not be stocked: ${JSON.stringify(answer)}`)
	return answer
}

/** Reads on in a growing file of JSON lines, and empties it when it has become long. */
function eventsOf(path: string): () => readonly RanEvent[] {
	let position = 0
	return () => {
		if (!existsSync(path)) return []
		const file = openSync(path, 'r')
		const { size } = fstatSync(file)
		const bytes = Buffer.alloc(size - position)
		readSync(file, bytes, 0, bytes.length, position)
		closeSync(file)
		position = size
		if (size > 4_000_000) {
			truncateSync(path, 0)
			position = 0
		}
		return bytes
			.toString()
			.split('\n')
			.filter((line) => line !== '')
			.map((line): RanEvent => JSON.parse(line))
	}
}
