import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { launchSite, phpScript, phpValue, type LaunchedSite } from './launch-site.ts'
import type { PhpWay } from './php-interpreter.ts'
import {
	people,
	type SitePerson,
	type SiteRole,
	type WordPressOptions,
	type WordPressVersion,
} from './wordpress-options.ts'
import { wordpressTemplate } from './wordpress-template.ts'

export type IssuedPassword = { readonly password: string; readonly uuid: string }
export type RecordedRequest = { readonly method: string; readonly path: string; readonly hasAuthorization: boolean }

export type WordPressSite = {
	/** Without a slash at the end. */
	readonly url: string
	readonly port: number
	readonly version: WordPressVersion
	readonly way: PhpWay
	/** The people of the site with the passwords they sign in with. */
	readonly users: Readonly<Record<SiteRole, SitePerson>>
	/** Gives the password as WordPress shows it: six groups of four. */
	createApplicationPassword(user: SiteRole, name: string): Promise<IssuedPassword>
	revokeApplicationPassword(user: SiteRole, uuid: string): Promise<void>
	/** Runs PHP inside that WordPress and gives what it returns, by way of JSON. */
	runPhp(code: string): Promise<unknown>
	/** What was asked of the site so far, in order, without what this harness asked itself. */
	requests(): readonly RecordedRequest[]
	forgetRequests(): void
	/** Everything it keeps on disk, logs and process ids included; gone after `stop`. */
	readonly folder: string
	/** Errors and warnings of PHP, and the server's own log. */
	log(): string
	stop(): Promise<void>
}

/**
 * Brings up a real WordPress on 127.0.0.1: five people, three published posts, two drafts, its own database, nothing that
 * leaves the machine. The first call ever fetches and installs it; later ones take about a second.
 */
export async function startWordPress(options: WordPressOptions): Promise<WordPressSite> {
	const template = await wordpressTemplate(options.version)
	// A must-use plugin may break everything but static files; a test may want just that.
	const launched = await launchSite(template, options, '/wp-includes/css/buttons.min.css')
	try {
		await launched.run(phpScript('configure-site.php'))
		if (options.network !== undefined) await makeNetwork(launched, options.network)
	} catch (error) {
		await launched.stop()
		throw error
	}
	return siteOf(launched, options)
}

async function makeNetwork(launched: LaunchedSite, folders: readonly string[]): Promise<void> {
	await launched.run(phpScript('install-network.php', { host: new URL(launched.url).host }))
	await launched.run(phpScript('network-sites.php', { folders }))
}

function siteOf(launched: LaunchedSite, options: WordPressOptions): WordPressSite {
	const { requestLog, folder } = launched.site
	return {
		url: launched.url,
		port: launched.port,
		version: options.version,
		way: launched.way,
		users: people,
		createApplicationPassword: (user, name) => createApplicationPassword(launched, user, name),
		revokeApplicationPassword: (user, uuid) => revokeApplicationPassword(launched, user, uuid),
		runPhp: launched.run,
		folder,
		requests: () => readRequests(requestLog),
		forgetRequests: () => rmSync(requestLog, { force: true }),
		log: () => readFileSync(join(folder, 'server.log'), 'utf8'),
		stop: launched.stop,
	}
}

async function createApplicationPassword(
	launched: LaunchedSite,
	user: SiteRole,
	name: string,
): Promise<IssuedPassword> {
	const answer = await launched.run(`
		$user = get_user_by( 'login', ${phpValue(people[user].username)} );
		$made = WP_Application_Passwords::create_new_application_password( $user->ID, array( 'name' => ${phpValue(name)} ) );
		if ( is_wp_error( $made ) ) throw new RuntimeException( $made->get_error_message() );
		return array( 'password' => WP_Application_Passwords::chunk_password( $made[0] ), 'uuid' => $made[1]['uuid'] );
	`)
	if (typeof answer === 'object' && answer !== null && 'password' in answer && 'uuid' in answer) {
		return { password: String(answer.password), uuid: String(answer.uuid) }
	}
	throw new Error(`WordPress issued no application password: ${JSON.stringify(answer)}`)
}

async function revokeApplicationPassword(launched: LaunchedSite, user: SiteRole, uuid: string): Promise<void> {
	await launched.run(`
		$user = get_user_by( 'login', ${phpValue(people[user].username)} );
		$deleted = WP_Application_Passwords::delete_application_password( $user->ID, ${phpValue(uuid)} );
		if ( is_wp_error( $deleted ) ) throw new RuntimeException( $deleted->get_error_message() );
		return true;
	`)
}

function readRequests(requestLog: string): readonly RecordedRequest[] {
	if (!existsSync(requestLog)) return []
	const lines = readFileSync(requestLog, 'utf8').split('\n')
	return lines.filter((line) => line !== '').map((line): RecordedRequest => JSON.parse(line))
}
