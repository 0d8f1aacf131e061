import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { discover, verifySiteCredential } from '@postern/wp-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reachSite } from '../reach-site.ts'
import { wordpressVersions } from '../wordpress/wordpress-options.ts'
import { findPrograms } from './find-programs.ts'
import { placeWordPress, type ServedWordPress } from './serve-wordpress.ts'
import type { WebServer } from './web-server.ts'

// Real web servers before the real WordPress. Packages: apache2-bin libapache2-mod-php php-fpm php-cgi nginx-light.

const programs = findPrograms()
const has = {
	'Apache with mod_php': programs.apache !== undefined && programs.modPhp !== undefined,
	'Apache with php-fpm': programs.apache !== undefined && programs.fpm !== undefined,
	'Apache with php-cgi': programs.apache !== undefined && programs.cgi !== undefined,
	'nginx with php-fpm': programs.nginx !== undefined && programs.fpm !== undefined,
}
const missing = Object.entries(has).flatMap(([name, isHere]) => (isHere ? [] : [name]))
for (const name of missing) console.error(`NOT RUN: ${name} is not installed on this machine.`)

/** What Postern says of the author's login: "ok", or a code and how certain it is. */
async function diagnose({ url, username, password }: ServedWordPress): Promise<readonly string[]> {
	const ports = reachSite(url)
	const found = await discover(url, ports)
	const result = found.ok ? await verifySiteCredential(found.value, { username, password }, ports) : found
	return result.ok ? ['ok'] : [result.diagnosis.code, result.diagnosis.certainty]
}

const stripped = ['site-credential/header-stripped', 'sure']
const apacheFpm: WebServer = { kind: 'apache', php: 'php-fpm' }
const apacheCgi: WebServer = { kind: 'apache', php: 'php-cgi' }

it('says which web servers were not run', () => {
	// In CI they are installed, so there a missing one is a failure.
	if (process.env['CI'] === 'true') expect(missing).toEqual([])
	expect(Object.keys(has)).toHaveLength(4)
})

describe.each(wordpressVersions)('WordPress %s', (version) => {
	let site: ServedWordPress
	beforeAll(async () => {
		site = await placeWordPress({ version, permalinks: 'pretty' })
	})
	afterAll(() => site.stop())

	it.runIf(has['Apache with mod_php'])('Apache with mod_php lets the login through', async () => {
		await site.serveWith({ kind: 'apache', php: 'mod_php' })
		expect(await diagnose(site)).toEqual(['ok'])
	})

	it.runIf(has['Apache with php-fpm'])('Apache with php-fpm drops it, until CGIPassAuth is on', async () => {
		await site.serveWith(apacheFpm)
		expect(await diagnose(site)).toEqual(stripped)
		await site.serveWith({ ...apacheFpm, passesAuth: true })
		expect(await diagnose(site)).toEqual(['ok'])
	})

	it.runIf(has['Apache with php-fpm'])(
		'F40, the first hint of the seed: plain permalinks on Apache with php-fpm; saving pretty ones repairs the login',
		async () => {
			rmSync(site.htaccess, { force: true })
			await site.serveWith({ ...apacheFpm, readsHtaccess: true })
			await site.savePermalinks('')
			expect(await diagnose(site)).toEqual(['site-credential/header-stripped-by-permalinks', 'sure'])
			await site.savePermalinks('/%postname%/')
			expect(readFileSync(site.htaccess, 'utf8')).toContain('E=HTTP_AUTHORIZATION:%{HTTP:Authorization}')
			expect(await diagnose(site)).toEqual(['ok'])
		},
	)

	it.runIf(has['Apache with php-cgi'])('Apache with php-cgi drops it, until CGIPassAuth is on', async () => {
		rmSync(site.htaccess, { force: true })
		await site.serveWith(apacheCgi)
		expect(await diagnose(site)).toEqual(stripped)
		await site.serveWith({ ...apacheCgi, passesAuth: true })
		expect(await diagnose(site)).toEqual(['ok'])
	})

	it.runIf(has['Apache with php-fpm'])('… with php-fpm a person may switch it on in .htaccess', async () => {
		writeFileSync(site.htaccess, 'CGIPassAuth On\nFallbackResource /index.php\n')
		await site.serveWith({ ...apacheFpm, readsHtaccess: true })
		expect(await diagnose(site)).toEqual(['ok'])
	})

	// What the help pages say of CGI: the line belongs to the program that is run, not to the folder of the site.
	it.runIf(has['Apache with php-cgi'])('… where php-cgi does not see it', async () => {
		writeFileSync(site.htaccess, 'CGIPassAuth On\nFallbackResource /index.php\n')
		await site.serveWith({ ...apacheCgi, readsHtaccess: true })
		expect(await diagnose(site)).toEqual(stripped)
	})

	it.runIf(has['Apache with php-cgi'])(
		'with php-cgi WordPress repairs it by writing its own line into .htaccess',
		async () => {
			rmSync(site.htaccess, { force: true })
			await site.serveWith({ ...apacheCgi, readsHtaccess: true })
			await site.savePermalinks('/%postname%/')
			expect(existsSync(site.htaccess)).toBe(true)
			expect(await diagnose(site)).toEqual(['ok'])
		},
	)

	it.runIf(has['nginx with php-fpm'])('nginx with php-fpm lets it through, unless it is told not to', async () => {
		await site.serveWith({ kind: 'nginx', php: 'php-fpm' })
		expect(await diagnose(site)).toEqual(['ok'])
		await site.serveWith({ kind: 'nginx', php: 'php-fpm', dropsAuth: true })
		expect(await diagnose(site)).toEqual(stripped)
	})
})
