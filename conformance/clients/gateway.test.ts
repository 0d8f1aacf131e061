import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readXmlRpcResponse } from '@postern/wordpress'
import * as apiFetchModule from '@wordpress/api-fetch'
import { createClient } from 'wordpress'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WPAPI from 'wpapi'
import { pixel } from '../differential/bodies.ts'
import { addressForms } from '../gateway/address-forms.ts'
import type { ConnectedSite, GatewayStage, IssuedThere } from '../gateway/gateway-stage.ts'
import { startWordPress, type WordPressSite } from '../wordpress/start-wordpress.ts'

const run = promisify(execFile)

async function curl(...args: readonly string[]): Promise<{ readonly status: number; readonly text: string }> {
	const { stdout } = await run('curl', ['--silent', '--show-error', '--write-out', '\n%{http_code}', ...args])
	const end = stdout.lastIndexOf('\n')
	return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) }
}

describe.each(addressForms)('clients as they are, at $name', ({ open }) => {
	let site: WordPressSite
	let stage: GatewayStage
	let there: ConnectedSite
	let editor: IssuedThere
	let everything: IssuedThere
	beforeAll(async () => {
		site = await startWordPress({ version: '6.5.5', permalinks: 'pretty' })
		stage = await open([site])
		there = await stage.connect(site, { name: 'Garden notes' })
		editor = await stage.issue({ preset: 'editor' })
		everything = await stage.issue({ preset: 'everything' })
	})
	afterAll(async () => {
		await stage.stop()
		await site.stop()
	})

	const somePost = async (status = 'publish'): Promise<number> =>
		Number(
			await site.runPhp(
				`return wp_insert_post( array( 'post_title' => 'Old', 'post_status' => '${status}', 'post_author' => 1 ) );`,
			),
		)
	const titleOf = (id: number): Promise<unknown> => site.runPhp(`return get_post( ${id} )->post_title;`)

	describe('curl, as WordPress documents it', () => {
		it('changes the title of a post', async () => {
			const id = await somePost()
			const login = `${editor.username}:${editor.password}`
			const address = `${there.url}/wp-json/wp/v2/posts/${id}`
			const { status, text } = await curl('--user', login, '-X', 'POST', '-d', 'title=New Title', address)
			expect([status, JSON.parse(text)]).toMatchObject([200, { id, title: { raw: 'New Title' } }])
			expect(await titleOf(id)).toBe('New Title')
		})

		it('lists the users by XML-RPC', async () => {
			const { username, password } = everything
			const document = `<methodCall><methodName>wp.getUsers</methodName><params><param><value>1</value></param><param><value>${username}</value></param><param><value>${password}</value></param></params></methodCall>`
			const { status, text } = await curl('-H', 'Content-Type: text/xml', '-d', document, `${there.url}/xmlrpc.php`)
			const answer = readXmlRpcResponse(text)
			expect([status, answer.kind]).toEqual([200, 'value'])
			const names =
				answer.kind === 'value' && Array.isArray(answer.value)
					? answer.value.map((one) => String(Object(one)['username']))
					: []
			expect(names.toSorted()).toEqual(
				Object.values(site.users)
					.map((one) => one.username)
					.toSorted(),
			)
		})
	})

	describe('wpapi', () => {
		const client = ({ username, password }: IssuedThere) =>
			new WPAPI({ endpoint: `${there.url}/wp-json`, username, password })

		it('finds the API from the address alone', async () => {
			const found = await WPAPI.discover(`${there.url}/`)
			found.auth(editor)
			expect(await found.posts().perPage(1).get()).toHaveLength(1)
		})

		it('goes from page to page by the addresses in Link, which are the gateway’s', async () => {
			for (let count = 0; count < 3; count += 1) await somePost()
			const first: unknown = await client(editor).posts().perPage(2).get()
			const { _paging: paging } = Object(first)
			expect(paging.links.next.startsWith(`${there.url}/wp-json/wp/v2/posts?`)).toBe(true)
			const second: unknown = await paging.next.auth(editor).get()
			const ids = [first, second]
				.flatMap((page) => (Array.isArray(page) ? page : []))
				.map((one: { readonly id: number }) => one.id)
			expect(new Set(ids).size).toBe(4)
		})

		it('writes a draft, changes and deletes it, and uploads a picture', async () => {
			const made = Object(await client(editor).posts().create({ title: 'By wpapi', status: 'draft' }))
			expect(await client(editor).posts().id(made.id).update({ title: 'Changed' })).toMatchObject({ status: 'draft' })
			expect(await titleOf(made.id)).toBe('Changed')
			expect(await client(editor).posts().id(made.id).delete({ force: true })).toMatchObject({ deleted: true })
			const folder = await mkdtemp(join(tmpdir(), 'postern-wpapi-'))
			await writeFile(join(folder, 'dot.png'), pixel)
			const uploaded = await client(editor).media().file(join(folder, 'dot.png'), 'dot.png').create({ title: 'Dot' })
			expect(uploaded).toMatchObject({ title: { raw: 'Dot' }, media_type: 'image', mime_type: 'image/png' })
			await rm(folder, { recursive: true })
		})
	})

	describe('@wordpress/api-fetch', () => {
		const ask = (password: IssuedThere, path: string, options: Options = {}): Promise<unknown> => {
			if (!isApiFetch(apiFetch)) throw new Error('that is not api-fetch')
			const addRoot = apiFetch.createRootURLMiddleware(`${there.url}/wp-json/`)
			const headers = { ...password.basic }
			return Promise.resolve(addRoot({ path, ...options, headers }, (next) => apiFetch(next)))
		}

		it('changes and deletes, though it sends PUT and DELETE as POST', async () => {
			const id = await somePost()
			expect(await ask(editor, `/wp/v2/posts/${id}`, { method: 'PUT', data: { title: 'Put' } })).toMatchObject({ id })
			expect(await titleOf(id)).toBe('Put')
			const gone = await ask(editor, `/wp/v2/posts/${id}?force=true`, { method: 'DELETE' })
			expect(gone).toMatchObject({ deleted: true, previous: { id } })
		})

		it('uploads media as a form, byte for byte', async () => {
			const body = new FormData()
			body.append('file', new File([pixel], 'dot.png', { type: 'image/png' }))
			body.append('title', 'A dot')
			const made = Object(await ask(editor, '/wp/v2/media', { method: 'POST', body }))
			expect(made).toMatchObject({ title: { raw: 'A dot' }, mime_type: 'image/png' })
			const stored = await site.runPhp(`return base64_encode( file_get_contents( get_attached_file( ${made.id} ) ) );`)
			expect(stored).toBe(pixel.toString('base64'))
		})

		it('gets refusals as it gets WordPress’ own', async () => {
			const reader = await stage.issue({ preset: 'read-only' })
			const asked = ask(reader, '/wp/v2/posts', { method: 'POST', data: { title: 'No' } })
			await expect(asked).rejects.toMatchObject({ data: { status: 403 } })
		})
	})

	describe('wordpress (npm), over XML-RPC', () => {
		const answerOf = (asked: (done: (error: Error | null, answer?: unknown) => void) => void): Promise<unknown> =>
			new Promise((resolve, reject) => {
				asked((error, answer) => (error === null ? resolve(answer) : reject(error)))
			})

		it('writes a post, changes it, and uploads a file', async () => {
			const { username, password } = editor
			const client = createClient({ url: there.url, username, password })
			const id = String(
				await answerOf((done) => client.newPost({ title: 'By XML-RPC', content: '<p>x</p>', status: 'draft' }, done)),
			)
			expect(await titleOf(Number(id))).toBe('By XML-RPC')
			expect(await answerOf((done) => client.editPost(id, { title: 'Edited', status: 'publish' }, done))).toBe(true)
			expect(await answerOf((done) => client.getPost(id, done))).toMatchObject({ title: 'Edited', status: 'publish' })
			const uploaded = await answerOf((done) =>
				client.uploadFile({ name: 'dot.png', type: 'image/png', bits: pixel }, done),
			)
			expect(uploaded).toMatchObject({ type: 'image/png' })
			const attachment = Number(Object(uploaded)['attachmentId'] ?? Object(uploaded)['id'])
			const stored = await site.runPhp(
				`return base64_encode( file_get_contents( get_attached_file( ${attachment} ) ) );`,
			)
			expect(stored).toBe(pixel.toString('base64'))
		})

		it('publishes nothing with a password for drafts only', async () => {
			const { username, password } = await stage.issue({ preset: 'drafts-only' })
			const client = createClient({ url: there.url, username, password })
			const id = String(await answerOf((done) => client.newPost({ title: 'A draft', status: 'draft' }, done)))
			const published = answerOf((done) => client.editPost(id, { status: 'publish' }, done))
			await expect(published).rejects.toMatchObject({ faultCode: 401 })
			expect(await site.runPhp(`return get_post_status( ${id} );`)).toBe('draft')
		})
	})
})

type Options = { readonly method?: string; readonly data?: unknown; readonly body?: FormData }
type ApiFetch = {
	(options: unknown): Promise<unknown>
	createRootURLMiddleware(root: string): (options: unknown, next: (options: unknown) => unknown) => unknown
}

/** Its types say that it is CommonJS, which it is not where we load it. */
function isApiFetch(loaded: unknown): loaded is ApiFetch {
	return typeof loaded === 'function' && 'createRootURLMiddleware' in loaded
}
const apiFetch: unknown = apiFetchModule.default
