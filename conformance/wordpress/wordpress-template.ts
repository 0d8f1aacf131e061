import { createHash } from 'node:crypto'
import { cp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launchSite, phpScript, type LaunchedSite } from './launch-site.ts'
import { phpFolder } from './site-folder.ts'
import { cached } from '../../scripts/testing/test-cache.ts'
import { unpackedWordPress } from './wordpress-builds.ts'
import { people, wordpressRoles, type SiteRole, type WordPressVersion } from './wordpress-options.ts'

export type WordPressTemplate = { readonly unpacked: string; readonly database: string }

/** A WordPress that is installed, with its people and posts: what every start copies. Made once per state of this harness. */
export async function wordpressTemplate(version: WordPressVersion): Promise<WordPressTemplate> {
	const unpacked = await unpackedWordPress(version)
	const database = await cached(`wordpress/installed-${version}-${await harnessState()}`, async (folder) => {
		const launched = await launchSite({ unpacked }, { version, permalinks: 'pretty' }, '/wp-admin/install.php')
		try {
			await install(launched)
			await launched.run(phpScript('sample-content.php', { people: byWordPressRole() }))
			await cp(join(launched.site.wordpress, 'wp-content/database'), folder, { recursive: true })
		} finally {
			await launched.stop()
		}
	})
	return { unpacked, database }
}

/** Everything an installed template depends on, so that a changed harness never meets an old one. */
async function harnessState(): Promise<string> {
	const hash = createHash('sha256').update(JSON.stringify(people))
	const names = await readdir(phpFolder, { recursive: true })
	for (const name of names.filter((path) => path.endsWith('.php')).toSorted()) {
		hash.update(name).update(await readFile(join(phpFolder, name)))
	}
	return hash
		.update(await readFile(import.meta.filename))
		.digest('hex')
		.slice(0, 12)
}

/** What a person does on WordPress's installation page. */
async function install(launched: LaunchedSite): Promise<void> {
	const { username, password } = people.admin
	const response = await fetch(`${launched.url}/wp-admin/install.php?step=2`, {
		method: 'POST',
		headers: { 'X-Postern-Run': 'install' },
		body: new URLSearchParams({
			weblog_title: 'Postern test site',
			user_name: username,
			admin_password: password,
			admin_password2: password,
			pw_weak: '1',
			admin_email: 'admin@example.test',
			blog_public: '0',
		}),
	})
	const page = await response.text()
	if (!page.includes('Success!')) throw new Error(`WordPress could not be installed: ${page.slice(0, 2_000)}`)
}

function byWordPressRole(): Readonly<Record<string, unknown>> {
	const roles = Object.keys(people).filter((role): role is SiteRole => role in people)
	return Object.fromEntries(roles.map((role) => [wordpressRoles[role], people[role]]))
}
