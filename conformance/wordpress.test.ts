import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, askJson, basic } from './ask-wordpress.ts'
import { isAlive } from '../scripts/testing/is-alive.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { wordpressVersions, type WordPressOptions } from './wordpress/wordpress-options.ts'

const running: WordPressSite[] = []
const start = async (options: WordPressOptions): Promise<WordPressSite> => {
	const site = await startWordPress(options)
	running.push(site)
	return site
}
afterEach(async () => {
	await Promise.all(running.splice(0).map((site) => site.stop()))
})

describe.each(wordpressVersions)('WordPress %s under test', (version) => {
	it('is that version, with people of five roles who reach it by an application password', async () => {
		const site = await start({ version, permalinks: 'pretty' })
		expect(await site.runPhp('return get_bloginfo( "version" );')).toBe(version)
		for (const [user, role] of [
			['admin', 'administrator'],
			['editor', 'editor'],
			['author', 'author'],
			['contributor', 'contributor'],
			['subscriber', 'subscriber'],
		] as const) {
			const { password } = await site.createApplicationPassword(user, 'test')
			const me = await askJson(`${site.url}/wp-json/wp/v2/users/me?context=edit`, basic(user, password))
			expect(me).toMatchObject({ status: 200, body: { username: user, roles: [role] } })
		}
	})

	it('shows three posts to everybody and two drafts to who may see them', async () => {
		const site = await start({ version, permalinks: 'pretty' })
		const posts = await askJson(`${site.url}/wp-json/wp/v2/posts`)
		expect(posts.body).toMatchObject([{ title: { rendered: '京都の小さな門' } }, {}, {}])
		const { password } = await site.createApplicationPassword('editor', 'test')
		const drafts = await askJson(`${site.url}/wp-json/wp/v2/posts?status=draft`, basic('editor', password))
		expect(drafts.body).toHaveLength(2)
	})

	it('forgets a revoked application password at once', async () => {
		const site = await start({ version, permalinks: 'pretty' })
		const issued = await site.createApplicationPassword('author', 'test')
		const me = `${site.url}/wp-json/wp/v2/users/me`
		expect((await askJson(me, basic('author', issued.password))).status).toBe(200)
		await site.revokeApplicationPassword('author', issued.uuid)
		expect((await askJson(me, basic('author', issued.password))).status).toBe(401)
	})

	it('with plain permalinks answers 404 at /wp-json/, as a web server without rewrite rules does', async () => {
		const site = await start({ version, permalinks: 'plain' })
		expect((await ask(`${site.url}/wp-json/`)).status).toBe(404)
		expect((await askJson(`${site.url}/index.php?rest_route=/`)).status).toBe(200)
		const front = await ask(`${site.url}/`)
		expect(front.headers.get('link')).toContain(`<${site.url}/index.php?rest_route=/>; rel="https://api.w.org/"`)
	})

	it('in a sub-directory leaves the rest of the host alone', async () => {
		const site = await start({ version, permalinks: 'pretty', path: '/blog' })
		const host = new URL('/', site.url)
		expect((await ask(host)).status).toBe(404)
		expect((await ask(new URL('/wp-json/', host))).status).toBe(404)
		expect((await askJson(`${site.url}/wp-json/`)).body).toMatchObject({ home: site.url, url: site.url })
		expect((await ask(`${site.url}/wp-admin/css/common.min.css`)).headers.get('content-type')).toContain('text/css')
	})
})

describe('the WordPress harness', () => {
	it('records who sent credentials where, and not what it asks itself', async () => {
		const site = await start({ version: '6.5.5', permalinks: 'pretty' })
		await site.runPhp('return 1;')
		expect(site.requests()).toEqual([])
		await ask(`${site.url}/nowhere?x=1`, { headers: basic('a', 'b') })
		await ask(`${site.url}/xmlrpc.php`, { method: 'POST', body: '' })
		expect(site.requests()).toEqual([
			{ method: 'GET', path: '/nowhere?x=1', hasAuthorization: true },
			{ method: 'POST', path: '/xmlrpc.php', hasAuthorization: false },
		])
		site.forgetRequests()
		expect(site.requests()).toEqual([])
	})

	it('says what went wrong in PHP that a test sends', async () => {
		const site = await start({ version: '6.5.5', permalinks: 'plain' })
		await expect(site.runPhp('throw new RuntimeException( "no such thing" );')).rejects.toThrow('no such thing')
	})

	it('starts several sites at once, each with its own database', async () => {
		const sites = await Promise.all(
			['one', 'two', 'three'].map((title) => start({ version: '6.5.5', permalinks: 'pretty', title })),
		)
		const titles = await Promise.all(sites.map((site) => site.runPhp('return get_option( "blogname" );')))
		expect(titles).toEqual(['one', 'two', 'three'])
	})

	it('runs PHP snippets as must-use plugins', async () => {
		const plugins = ["add_filter( 'rest_url_prefix', function () { return 'api'; } );"]
		const site = await start({ version: '6.5.5', permalinks: 'pretty', plugins })
		expect((await askJson(`${site.url}/api/`)).status).toBe(200)
	})

	it('leaves no process and no folder behind when stopped', async () => {
		const { folder, stop } = await startWordPress({ version: '6.5.5', permalinks: 'pretty' })
		const group = processGroup(folder)
		expect(isAlive(-group)).toBe(true)
		await stop()
		await expect.poll(() => isAlive(-group)).toBe(false)
		expect(existsSync(folder)).toBe(false)
	})

	it('leaves no process and no folder behind when the test is killed', async () => {
		const { child, folder } = await startInAnotherProcess()
		const group = processGroup(folder)
		expect(isAlive(-group)).toBe(true)
		child.kill('SIGKILL')
		await expect.poll(() => isAlive(-group)).toBe(false)
		await expect.poll(() => existsSync(folder)).toBe(false)
	})
})

const processGroup = (folder: string) => Number(readFileSync(join(folder, 'server.pid'), 'utf8'))

async function startInAnotherProcess(): Promise<{ child: ChildProcess; folder: string }> {
	const harness = new URL('./wordpress/start-wordpress.ts', import.meta.url)
	const code = `
		import { startWordPress } from ${JSON.stringify(harness.href)}
		console.log((await startWordPress({ version: '6.5.5', permalinks: 'pretty' })).folder)
	`
	const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	const [folder] = await once(createInterface(child.stdout), 'line')
	return { child, folder: String(folder) }
}
