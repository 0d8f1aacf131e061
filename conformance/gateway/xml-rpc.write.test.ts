import {
	formatXmlRpcCall,
	readXmlRpcResponse,
	XmlRpcBase64,
	xmlRpcMethods,
	type XmlRpcAnswer,
	type XmlRpcValue,
} from '@postern/wordpress'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWordPress, type WordPressSite } from '../wordpress/start-wordpress.ts'
import { wordpressVersions } from '../wordpress/wordpress-options.ts'
import { openGatewayStage, type ConnectedSite, type GatewayStage, type IssuedThere } from './gateway-stage.ts'

describe.each(wordpressVersions)('XML-RPC through the gateway, WordPress %s', (version) => {
	let site: WordPressSite
	let stage: GatewayStage
	let there: ConnectedSite
	let drafts: IssuedThere
	let author: IssuedThere
	let everything: IssuedThere
	beforeAll(async () => {
		site = await startWordPress({ version, permalinks: 'pretty' })
		stage = await openGatewayStage([site])
		there = await stage.connect(site, { name: 'Garden notes' })
		drafts = await stage.issue({ preset: 'drafts-only' })
		author = await stage.issue({ preset: 'author' })
		everything = await stage.issue({ preset: 'everything' })
	})
	afterAll(async () => {
		await stage.stop()
		await site.stop()
	})

	async function send(
		document: string,
	): Promise<{ readonly status: number; readonly answer: XmlRpcAnswer; readonly text: string }> {
		const response = await fetch(`${there.url}/xmlrpc.php`, {
			method: 'POST',
			headers: { 'content-type': 'text/xml' },
			body: document,
		})
		const text = await response.text()
		return { status: response.status, answer: readXmlRpcResponse(text, { maxElements: 1_000_000 }), text }
	}

	/** Puts the credentials where the method has them. */
	function paramsFor(method: string, password: IssuedThere, params: readonly XmlRpcValue[]): readonly XmlRpcValue[] {
		const [at] = xmlRpcMethods.find(({ name }) => name === method)?.credentials ?? [undefined]
		return at === undefined
			? params
			: [...params.slice(0, at), password.username, password.password, ...params.slice(at)]
	}

	const call = async (
		password: IssuedThere,
		method: string,
		...params: readonly XmlRpcValue[]
	): Promise<XmlRpcAnswer> => (await send(formatXmlRpcCall(method, paramsFor(method, password, params)))).answer

	const valueOf = (answer: XmlRpcAnswer): XmlRpcValue => {
		if (answer.kind !== 'value') throw new Error(JSON.stringify(answer))
		return answer.value
	}
	const refused = (problem: string) => ({ kind: 'fault', code: 401, message: expect.stringContaining(problem) })
	const postOf = (id: XmlRpcValue): Promise<unknown> => site.runPhp(`return get_post( ${Number(id)}, ARRAY_A );`)
	const aPost = async (status: string, type = 'post'): Promise<number> =>
		Number(
			await site.runPhp(
				`return wp_insert_post( array( 'post_title' => 'Old', 'post_status' => '${status}', 'post_type' => '${type}', 'post_author' => 1 ) );`,
			),
		)

	it('writes a draft, and neither publishes it nor touches what is published', async () => {
		const id = valueOf(await call(drafts, 'wp.newPost', 1, { post_title: 'A & B', post_content: '<p>x</p>' }))
		expect(await postOf(id)).toMatchObject({ post_title: 'A & B', post_status: 'draft' })
		expect(await call(drafts, 'wp.editPost', 1, id, { post_title: 'Changed' })).toEqual({ kind: 'value', value: true })
		expect(await call(drafts, 'metaWeblog.editPost', id, { title: 'Again' }, false)).toEqual({
			kind: 'value',
			value: true,
		})
		expect(await postOf(id)).toMatchObject({ post_title: 'Again', post_status: 'draft' })
		for (const [method, ...params] of [
			['wp.editPost', 1, id, { post_status: 'publish' }],
			['metaWeblog.editPost', id, { title: 'x' }, true],
			['mt.publishPost', id],
			['wp.newPost', 1, { post_title: 'x', post_status: 'publish' }],
			['blogger.newPost', 'key', 1, 'x', true],
		] as const)
			expect(await call(drafts, method, ...params), method).toMatchObject(refused('scope-missing'))
		const published = await aPost('publish')
		for (const [method, ...params] of [
			['wp.editPost', 1, published, { post_title: 'x' }],
			['metaWeblog.editPost', published, { title: 'x' }, false],
			['blogger.editPost', 'key', published, 'x', false],
			['mt.setPostCategories', published, []],
		] as const)
			expect(await call(drafts, method, ...params), method).toMatchObject(refused('drafts-only'))
		expect(await postOf(published)).toMatchObject({ post_title: 'Old', post_status: 'publish' })
		expect(await postOf(id)).toMatchObject({ post_status: 'draft' })
	})

	it('T25 changes the post in its place only', async () => {
		const [one, other] = [await aPost('draft'), await aPost('publish')]
		const told = await call(everything, 'wp.editPost', 1, one, { ID: other, post_title: 'x' })
		expect(told).toMatchObject({ kind: 'fault', code: 400 })
		expect(await postOf(other)).toMatchObject({ post_title: 'Old' })
	})

	it('deletes files with leave for files, and no posts or pages', async () => {
		const files = await stage.issue({ scopes: ['media:write', 'media:delete'] })
		const bits = XmlRpcBase64.of(
			Buffer.from(
				'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
				'base64',
			),
		)
		const made = valueOf(await call(files, 'wp.uploadFile', 1, { name: 'dot.png', type: 'image/png', bits }))
		const id = Number(Object(made)['id'])
		expect(await site.runPhp(`return base64_encode( file_get_contents( get_attached_file( ${id} ) ) );`)).toBe(
			bits.text,
		)
		const page = await aPost('publish', 'page')
		for (const post of [await aPost('publish'), page])
			expect(await call(files, 'wp.deleteFile', 1, post)).toMatchObject(refused('wrong-type'))
		expect(await postOf(page)).toMatchObject({ post_status: 'publish' })
		expect(await call(files, 'wp.deleteFile', 1, id)).toEqual({ kind: 'value', value: true })
	})

	it('lets no page or script through as a file, however WordPress would change its name', async () => {
		const files = await stage.issue({ scopes: ['media:write'] })
		const bits = XmlRpcBase64.of(Buffer.from('<script>alert(1)</script>'))
		const urlOf = async (name: string): Promise<string> => {
			const told = await call(files, 'wp.uploadFile', 1, { name, type: 'image/png', bits })
			return told.kind === 'value' ? String(Object(told.value)['url']) : 'refused'
		}
		for (const name of ['a.html', 'a.ht/ml', 'a.html_', 'html', 'a.htmł', 'a.jſ', 'a.js_', 'a.html-_.'])
			expect([name, await urlOf(name)]).toEqual([name, 'refused'])
		// What else may be named like it is what its ending says: every letter that might turn into another.
		const letters = Array.from({ length: 0x250 - 0xa0 }, (_, at) => String.fromCodePoint(0xa0 + at))
		const names = letters.flatMap((letter) => [`b.j${letter}`, `b.${letter}s`, `b.htm${letter}`, `b.h${letter}m`])
		const bad = await site.runPhp(
			`return array_values( array_filter( json_decode( base64_decode( '${Buffer.from(JSON.stringify(names)).toString('base64')}' ) ), function ( $name ) { return preg_match( '/[.](js|html?)$/i', sanitize_file_name( $name ) ); } ) );`,
		)
		if (!Array.isArray(bad)) throw new Error('no list')
		expect(bad.length).toBeGreaterThan(4)
		for (const name of bad) expect([name, await urlOf(String(name))]).toEqual([name, 'refused'])
	}, 120_000)

	it('lets bytes and empty dates do no more than texts and dates', async () => {
		const writer = await stage.issue({ scopes: ['posts:write', 'comments:write'] })
		const content = XmlRpcBase64.of(Buffer.from('<script>alert(1)</script>'))
		expect(await call(writer, 'wp.newComment', 1, await aPost('publish'), { content })).toMatchObject({ code: 400 })
		const scheduled = Number(
			await site.runPhp(
				`return wp_insert_post( array( 'post_title' => 'Soon', 'post_status' => 'future', 'post_date' => '2099-01-01 00:00:00', 'post_author' => 1 ) );`,
			),
		)
		for (const struct of [{ post_date: '' }, { post_date_gmt: '' }])
			expect(await call(writer, 'wp.editPost', 1, scheduled, struct)).toMatchObject(refused('drafts-only'))
		expect(await call(writer, 'wp.editPost', 1, scheduled, { post_title: 'Later' })).toMatchObject({ value: true })
		expect(await postOf(scheduled)).toMatchObject({ post_title: 'Later', post_status: 'future' })
	})

	it('tells who is there as far as the password reaches, and where it is', async () => {
		const here = { url: `${there.url}/`, xmlrpc: `${there.url}/xmlrpc.php` }
		expect(valueOf(await call(author, 'wp.getUsersBlogs'))).toMatchObject([{ ...here, isAdmin: false }])
		expect(valueOf(await call(everything, 'blogger.getUsersBlogs', 'key'))).toMatchObject([{ ...here, isAdmin: true }])
		expect(valueOf(await call(author, 'wp.getProfile', 1))).toMatchObject({ roles: [] })
		const options = valueOf(await call(everything, 'wp.getOptions', 1))
		expect(JSON.stringify(options)).not.toContain(site.url)
	})

	it('runs a multicall of several APIs, all or none', async () => {
		const entry = (methodName: string, ...params: readonly XmlRpcValue[]) => ({
			methodName,
			params: paramsFor(methodName, author, params),
		})
		const ask = async (...entries: readonly XmlRpcValue[]) =>
			valueOf((await send(formatXmlRpcCall('system.multicall', [entries]))).answer)
		const all = await ask(
			entry('wp.newPost', 1, { post_title: 'One of three', post_status: 'publish' }),
			entry('demo.sayHello'),
			entry('metaWeblog.getCategories', 1),
		)
		expect(all).toEqual([[expect.any(String)], ['Hello!'], [expect.any(Array)]])
		const none = await ask(
			entry('wp.newPost', 1, { post_title: 'Never', post_status: 'publish' }),
			entry('wp.setOptions', 1, { blog_title: 'Never' }),
		)
		expect(none).toMatchObject([{ faultCode: 401 }, { faultCode: 401 }])
		expect(await site.runPhp(`return get_posts( array( 'title' => 'Never', 'post_status' => 'any' ) );`)).toEqual([])
	})

	it.each(xmlRpcMethods.filter(({ credentials }) => credentials !== null))(
		'#213 T37 $name logs in at the site with the site credential in its places',
		async ({ name }) => {
			// About what is not there, so that nothing changes.
			const nowhere = 999_999
			const third: Readonly<Record<string, readonly XmlRpcValue[]>> = {
				'wp.newPost': [1, { post_type: 'nowhere' }],
				'wp.newPage': [1, { wp_post_format: 'nowhere', title: 'x' }],
				'metaWeblog.newPost': [1, { wp_post_format: 'nowhere', title: 'x' }],
				'wp.editPage': [1, nowhere, {}, false],
				'blogger.editPost': ['key', nowhere, 'x', false],
				'blogger.newPost': ['key', 1, '', false],
				'wp.newTerm': [1, { taxonomy: 'nowhere', name: 'x' }],
				'wp.editTerm': [1, nowhere, { taxonomy: 'nowhere' }],
				'wp.deleteTerm': [1, 'category', nowhere],
				'wp.getTerm': [1, 'category', nowhere],
				'wp.getTerms': [1, 'category'],
				'wp.newCategory': [1, { name: '' }],
				'wp.editComment': [1, nowhere, {}],
				'wp.newComment': [1, nowhere, { content: '' }],
				'wp.editProfile': [1, {}],
				'wp.setOptions': [1, {}],
				'wp.uploadFile': [
					1,
					{ name: 'x.png', type: 'image/png', bits: XmlRpcBase64.of(new Uint8Array(0)), post_id: nowhere },
				],
				'metaWeblog.newMediaObject': [
					1,
					{ name: 'x.png', type: 'image/png', bits: XmlRpcBase64.of(new Uint8Array(0)), post_id: nowhere },
				],
				'metaWeblog.editPost': [nowhere, {}, false],
				'wp.editPost': [1, nowhere, {}],
				'wp.getPosts': [1],
				'wp.getOptions': [1],
				'wp.getTaxonomies': [1],
				'wp.getPostTypes': [1],
				'wp.getUsers': [1],
				'wp.getProfile': [1],
				'wp.getComments': [1],
				'wp.getMediaLibrary': [1],
				'wp.getPostFormats': [1],
				'mt.setPostCategories': [nowhere, []],
				'wp.suggestCategories': [1, 'x', 1],
				'wp.getUsersBlogs': [],
			}
			const bare =
				xmlRpcMethods.find((method) => method.name === name)?.credentials?.[0] === 2
					? ['key', nowhere]
					: [nowhere, nowhere, 'x']
			const { status, answer, text } = await send(
				formatXmlRpcCall(name, paramsFor(name, everything, third[name] ?? bare)),
			)
			// Our own refusals say our code; a login that failed would be 403 or our 502.
			expect([name, status, text]).toEqual([name, 200, expect.not.stringContaining('site-credential')])
			expect(text).not.toMatch(/application-password\/|gateway\//)
			expect(answer.kind).not.toBe('malformed')
			expect(text).not.toContain('Incorrect username or password')
		},
	)

	it('T37 none of it says the caller’s credentials to the site, and every call is in the record', async () => {
		// The number of what a call is about stands behind its method.
		const routes = async () =>
			(await stage.records()).map(({ access }) => access?.route.split(' ').slice(0, 2).join(' '))
		const called = xmlRpcMethods.filter(({ credentials }) => credentials !== null)
		const wanted = called.map(({ name }) => `xmlrpc.php ${name}`)
		await expect.poll(routes).toEqual(expect.arrayContaining(wanted))
		expect(site.requests().some(({ hasAuthorization, path }) => hasAuthorization && path.includes('xmlrpc'))).toBe(
			false,
		)
	})
})
