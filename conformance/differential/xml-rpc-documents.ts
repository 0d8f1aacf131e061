import { findXmlRpcMethod, xmlRpcMethods } from '@postern/wordpress'
import type { Pool } from './plain-request.ts'
import type { Random } from './random.ts'

/** Whose credentials stand in a document. */
export type Login = { readonly username: string; readonly password: string }

/** A value as it stands in a document. */
type Xml = string

const escape = (text: string): string => text.replace(/[<>&]/g, (one) => `&#${one.charCodeAt(0)};`)
const string = (text: string): Xml => `<value><string>${escape(text)}</string></value>`
const int = (number: number): Xml => `<value><int>${number}</int></value>`
const boolean = (yes: boolean): Xml => `<value><boolean>${yes ? 1 : 0}</boolean></value>`
const array = (values: readonly Xml[]): Xml => `<value><array><data>${values.join('')}</data></array></value>`
const struct = (members: Readonly<Record<string, Xml>>): Xml =>
	`<value><struct>${Object.entries(members)
		.map(([name, value]) => `<member><name>${name}</name>${value}</member>`)
		.join('')}</struct></value>`

type Make = (random: Random, pool: Pool) => Xml
const blog: Make = (random) => random.pick([int(1), int(0), string('1'), '<value>1</value>'])
const post: Make = (random, pool) => {
	const id = random.pick([...pool.published, ...pool.drafts, ...pool.pages, ...pool.media, 424_242])
	return random.pick([int(id), string(String(id)), `<value>${id}</value>`])
}
const title: Make = (random) => string(random.pick(['Notes', 'A <b>gate</b>', '京都']))
const status = (random: Random): Xml =>
	string(random.pick(['draft', 'pending', 'publish', 'private', 'future', 'Publish ', 'inherit']))
const postStruct: Make = (random) => {
	const members: Record<string, Xml> = { post_title: title(random, nobody) }
	if (random.chance(0.5)) members['post_status'] = status(random)
	if (random.chance(0.3))
		members['post_type'] = string(
			random.pick(['post', 'page', 'attachment', 'book', 'customize_changeset', 'wp_template']),
		)
	if (random.chance(0.2)) members['post_content'] = string(random.pick(['<p>x</p>', '<script>alert(1)</script>']))
	if (random.chance(0.1)) members['post_author'] = int(random.pick([1, 2, 3]))
	if (random.chance(0.1)) members['ID'] = int(4)
	if (random.chance(0.1)) members['post_date'] = '<value><dateTime.iso8601>20300101T00:00:00</dateTime.iso8601></value>'
	if (random.chance(0.1)) members['sticky'] = boolean(true)
	if (random.chance(0.1)) members['post_password'] = string('x')
	if (random.chance(0.1)) members['terms_names'] = struct({ category: array([string('New')]) })
	if (random.chance(0.1)) members['custom_fields'] = array([struct({ key: string('a'), value: string('b') })])
	return struct(members)
}
const oldStruct: Make = (random) => {
	const members: Record<string, Xml> = { title: title(random, nobody), description: string('<p>x</p>') }
	if (random.chance(0.4)) members['post_status'] = status(random)
	if (random.chance(0.2)) members['page_status'] = status(random)
	if (random.chance(0.2)) members['post_type'] = string(random.pick(['post', 'page']))
	if (random.chance(0.1))
		members['dateCreated'] = '<value><dateTime.iso8601>20300101T00:00:00</dateTime.iso8601></value>'
	if (random.chance(0.1)) members['wp_author_id'] = int(1)
	return struct(members)
}
const filter: Make = (random) =>
	struct(
		random.pick<Record<string, Xml>>([
			{},
			{ number: int(2) },
			{ post_type: string('page') },
			{ post_status: string('draft') },
			{ who: string('authors') },
		]),
	)
const names: Make = (random) => array(random.pick([[string('post_title')], [string('post'), string('terms')], []]))
const text: Make = (random) => string(random.pick(['x', 'a & b', '']))
const taxonomy: Make = (random) => string(random.pick(['category', 'post_tag', 'genre', 'nav_menu']))
const small: Make = (random) => int(random.pick([1, 2, 5]))
const yes: Make = (random) => boolean(random.chance(0.5))
const file: Make = (random) =>
	struct({
		name: string(random.pick(['dot.png', 'dot.php'])),
		type: string('image/png'),
		bits: '<value><base64>iVBORw0KGgo=</base64></value>',
	})

/** What stands where in a call but for the credentials, which come in between. */
const others: Readonly<Record<string, readonly Make[]>> = {
	'wp.getUsersBlogs': [],
	'wp.newPost': [blog, postStruct],
	'wp.editPost': [blog, post, postStruct],
	'wp.deletePost': [blog, post],
	'wp.getPost': [blog, post, names],
	'wp.getPosts': [blog, filter, names],
	'wp.newTerm': [blog, () => struct({ name: string('Gate'), taxonomy: string('category') })],
	'wp.editTerm': [blog, small, () => struct({ name: string('Gate'), taxonomy: string('category') })],
	'wp.deleteTerm': [blog, taxonomy, small],
	'wp.getTerm': [blog, taxonomy, small],
	'wp.getTerms': [blog, taxonomy, filter],
	'wp.getTaxonomy': [blog, taxonomy],
	'wp.getUser': [blog, small],
	'wp.getUsers': [blog, filter],
	'wp.editProfile': [blog, () => struct({ first_name: string('Mallory') })],
	'wp.getPage': [blog, post],
	'wp.newPage': [blog, oldStruct],
	'wp.deletePage': [blog, post],
	'wp.editPage': [blog, post, oldStruct, yes],
	'wp.newCategory': [blog, () => struct({ name: string('Gate') })],
	'wp.deleteCategory': [blog, small],
	'wp.suggestCategories': [blog, text, small],
	'wp.uploadFile': [blog, file],
	'wp.deleteFile': [blog, post],
	'wp.getCommentCount': [blog, post],
	'wp.getOptions': [blog, names],
	'wp.setOptions': [blog, () => struct({ blog_title: string('Taken over') })],
	'wp.getComment': [blog, small],
	'wp.getComments': [blog, filter],
	'wp.deleteComment': [blog, small],
	'wp.editComment': [blog, small, () => struct({ content: string('x'), status: string('hold') })],
	'wp.newComment': [blog, post, () => struct({ content: string('x') })],
	'wp.getMediaItem': [blog, post],
	'wp.getMediaLibrary': [blog, filter],
	'wp.getPostType': [blog, () => string('post')],
	'wp.getRevisions': [blog, post],
	'wp.restoreRevision': [blog, post],
	'blogger.getPost': [text, post],
	'blogger.getRecentPosts': [text, blog, small],
	'blogger.newPost': [text, blog, text, yes],
	'blogger.editPost': [text, post, text, yes],
	'blogger.deletePost': [text, post, yes],
	'metaWeblog.newPost': [blog, oldStruct, yes],
	'metaWeblog.editPost': [post, oldStruct, yes],
	'metaWeblog.getPost': [post],
	'metaWeblog.getRecentPosts': [blog, small],
	'metaWeblog.newMediaObject': [blog, file],
	'metaWeblog.deletePost': [text, post, yes],
	'mt.getRecentPostTitles': [blog, small],
	'mt.getPostCategories': [post],
	'mt.setPostCategories': [post, () => array([struct({ categoryId: int(1) })])],
	'mt.publishPost': [post],
	'mt.getTrackbackPings': [post],
	'pingback.ping': [() => string('http://127.0.0.1/a'), () => string('http://127.0.0.1/b')],
	'pingback.extensions.getPingbacks': [() => string('http://127.0.0.1/a')],
	'demo.addTwoNumbers': [small, small],
}

/** A document of one method or several, spelled plainly or in one of the odd ways; and which way that was. */
export function makeXmlRpcDocument(
	random: Random,
	pool: Pool,
	login: Login,
): { readonly family: string; readonly spelling: string; readonly document: string } {
	if (random.chance(0.15)) return multicall(random, pool, login)
	const method = random.pick(xmlRpcMethods).name
	const params = paramsOf(method, random, pool, login)
	if (random.chance(0.5)) return { family: method, spelling: 'plain', document: write(method, params) }
	const [spelling, spell] = random.pick(Object.entries(documentSpellings))
	return { family: method, spelling, document: spell({ method, params, random, login, pool }) }
}

function paramsOf(method: string, random: Random, pool: Pool, { username, password }: Login): readonly Xml[] {
	const params = (others[method] ?? (findXmlRpcMethod(method)?.credentials ? [blog] : [])).map((make) =>
		make(random, pool),
	)
	const credentials = findXmlRpcMethod(method)?.credentials
	if (credentials) params.splice(credentials[0], 0, string(username), string(password))
	return params
}

const param = (value: Xml): string => `<param>${value}</param>`
const write = (method: string, params: readonly Xml[]): string =>
	`<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${params.map(param).join('')}</params></methodCall>`

type Given = {
	readonly method: string
	readonly params: readonly Xml[]
	readonly random: Random
	readonly login: Login
	readonly pool: Pool
}
const setOptions = 'wp.setOptions'

const documentSpellings: Readonly<Record<string, (given: Given) => string>> = {
	'name twice, harmless last': ({ method, params }) =>
		write(method, params).replace('</methodName>', '</methodName><methodName>wp.getProfile</methodName>'),
	'name twice, wanted last': ({ method, params }) =>
		write(method, params).replace('</methodName>', `</methodName><methodName>${setOptions}</methodName>`),
	'name behind the parameters': ({ method, params }) =>
		write(method, params).replace('</methodCall>', `<methodName>${setOptions}</methodName></methodCall>`),
	'name in pieces': ({ method, params, random }) =>
		write(
			random.pick([
				method.replace('.', '&#46;'),
				method.replace('.', '<!-- x -->.'),
				`<![CDATA[${method}]]>`,
				` ${method}\n`,
				`${method.slice(0, 2)}<![CDATA[${method.slice(2)}]]>`,
			]),
			params,
		),
	'name in capitals': ({ method, params }) => write(method.toUpperCase(), params),
	'no such name': ({ params, random }) =>
		write(random.pick(['jetpack.jsonAPI', 'wp.getpost', 'wp.getPost2', 'blogger.getTemplate', '']), params),
	'blank value in front': ({ method, params, random }) =>
		write(method, [
			random.pick([
				'<value></value>',
				'<value>  </value>',
				'<value><nil/></value>',
				'<value><i8>5</i8></value>',
				'<value/>',
			]),
			...params,
		]),
	'blank value in between': ({ method, params, random }) =>
		write(
			method,
			params.toSpliced(
				random.below(params.length + 1),
				0,
				random.pick(['<value></value>', '<value>\n</value>', '<value><nil/></value>', '<value><i8>5</i8></value>']),
			),
		),
	'one value for the list': ({ method, params }) => write(method, [array(params)]),
	'one value for the list, as a struct': ({ method, params }) =>
		write(method, [struct(Object.fromEntries(params.map((one, at) => [String(at), one])))]),
	'values outside': ({ method, params, random }) =>
		write(method, params).replace(
			random.pick(['<params>', '</params>']),
			(found) => `${int(9)}${found}${random.chance(0.3) ? string('x') : ''}`,
		),
	'parameters twice': ({ method, params, login }) =>
		write(method, params).replace(
			'</params>',
			`</params><params>${param(int(1))}${param(string(login.username))}</params>`,
		),
	'a member twice': ({ method, params }) =>
		write(method, params).replaceAll(
			'</struct>',
			'<member><name>post_status</name><value><string>draft</string></value></member><member><name>post_status</name><value><string>publish</string></value></member></struct>',
		),
	'member without a name': ({ method, params }) =>
		write(method, params).replaceAll('</struct>', '<member><value><string>publish</string></value></member></struct>'),
	'name behind its value': ({ method, params }) =>
		write(method, params).replaceAll(
			'</struct>',
			'<member><value><string>publish</string></value><name>post_status</name></member></struct>',
		),
	'untyped texts': ({ method, params }) =>
		write(
			method,
			params.map((one) => one.replaceAll(/<\/?string>/g, '')),
		),
	'spaces around texts': ({ method, params }) =>
		write(
			method,
			params.map((one) => one.replaceAll('<string>', '<string> ').replaceAll('</string>', ' </string>')),
		),
	'booleans in words': ({ method, params }) =>
		write(
			method,
			params.map((one) => one.replaceAll(/<boolean>.<\/boolean>/g, '<boolean>false</boolean>')),
		),
	'numbers in other clothes': ({ method, params, random }) =>
		write(
			method,
			params.map((one) =>
				one.replaceAll(/<int>(\d+)<\/int>/g, (_, digits: string) =>
					random.pick([
						`<i4>${digits}</i4>`,
						`<int> ${digits} </int>`,
						`<int>${digits}.0</int>`,
						`<int>+${digits}</int>`,
						`<int>0${digits}</int>`,
						`<double>${digits}</double>`,
						`<int>${digits}e1</int>`,
						`<int>0x${digits}</int>`,
					]),
				),
			),
		),
	'user in other clothes': ({ method, params, login, random }) => {
		const { username } = login
		const said = random.pick([
			`${username.slice(0, 1)}<b></b>${username.slice(1)}`,
			` ${username} `,
			username.toUpperCase(),
			`${username}%00`,
			`%20${username}`,
			username.replace('a', 'á'),
		])
		return write(
			method,
			params.map((one) => one.replace(`<string>${username}</string>`, `<string>${escape(said)}</string>`)),
		)
	},
	'password in other clothes': ({ method, params, login, random }) => {
		const { password } = login
		const said = random.pick([
			`<base64>${Buffer.from(password).toString('base64')}</base64>`,
			`<string><![CDATA[${password}]]></string>`,
			`<string>${password.slice(0, 5)}<!-- x -->${password.slice(5)}</string>`,
			`<string>&#x${password.charCodeAt(0).toString(16)};${password.slice(1)}</string>`,
			`<array><data><value>${password}</value></data></array>`,
		])
		return write(
			method,
			params.map((one) => one.replace(`<string>${escape(password)}</string>`, said)),
		)
	},
	'credentials elsewhere': ({ method, params }) => write(method, [...params.slice(1), ...params.slice(0, 1)]),
	nobody: ({ method, params, login }) =>
		write(
			method,
			params.filter((one) => !one.includes(escape(login.password))),
		),
	doctype: ({ method, params, random }) =>
		write(method, params).replace(
			'<methodCall>',
			`${random.pick(['<!DOCTYPE methodCall>', '<!DOCTYPE m [<!ENTITY x "wp.setOptions">]>'])}<methodCall>`,
		),
	encoding: ({ method, params, random }) =>
		write(method, params).replace(
			'<?xml version="1.0"?>',
			random.pick([
				'<?xml version="1.0" encoding="UTF-7"?>',
				'<?xml version="1.0" encoding="ISO-8859-1"?>',
				'',
				'\ufeff',
				'<?xml version="1.1"?>',
			]),
		),
	'attributes and prefixes': ({ method, params, random }) =>
		random.pick([
			write(method, params).replaceAll('<value>', '<value x="1">'),
			write(method, params).replace('<methodName>', '<methodName xmlns="x">'),
			write(method, params).replaceAll('methodName>', 'x:methodName>'),
		]),
	'not well-formed': ({ method, params, random }) =>
		random.pick([
			write(method, params).slice(0, -13),
			`${write(method, params)}<methodCall/>`,
			write(method, params).replace('</params>', ''),
			write(method, params).replace('<value>', '<value>\u0000'),
			'',
			'x',
		]),
	'another root': ({ method, params, random }) =>
		write(method, params).replaceAll('methodCall', random.pick(['methodResponse', 'fault', 'MethodCall', 'call'])),
	comments: ({ method, params }) => write(method, params).replaceAll('<value>', '<value><!-- <value>1</value> -->'),
}

/** Calls in one document; each is decided, and all or none is sent. */
function multicall(random: Random, pool: Pool, login: Login): ReturnType<typeof makeXmlRpcDocument> {
	const calls = Array.from({ length: 1 + random.below(4) }, () => {
		const method = random.pick(xmlRpcMethods).name
		return { method, params: paramsOf(method, random, pool, login) }
	})
	const [spelling, spell] = random.pick(Object.entries(multicallSpellings))
	const written = calls.map(({ method, params }) => struct({ methodName: string(method), params: array(params) }))
	return { family: 'system.multicall', spelling: `multicall, ${spelling}`, document: spell(written, calls) }
}

type Calls = readonly { readonly method: string; readonly params: readonly Xml[] }[]
const plainly = (written: readonly Xml[]): string => write('system.multicall', [array(written)])

const multicallSpellings: Readonly<Record<string, (written: readonly Xml[], calls: Calls) => string>> = {
	plain: (written) => plainly(written),
	'plain once more': (written) => plainly(written),
	'plain again': (written) => plainly(written),
	'without its list': (written) => write('system.multicall', written),
	nested: (written) =>
		plainly([...written, struct({ methodName: string('system.multicall'), params: array([array(written)]) })]),
	'a wanted one behind': (written) =>
		plainly([...written, struct({ methodName: string(setOptions), params: array([]) })]),
	'a name twice': (written) =>
		plainly(
			written.map((one) =>
				one.replace('</struct>', `<member><name>methodName</name>${string(setOptions)}</member></struct>`),
			),
		),
	'without params': (_, calls) => plainly(calls.map(({ method }) => struct({ methodName: string(method) }))),
	'params as a struct': (_, calls) =>
		plainly(
			calls.map(({ method, params }) =>
				struct({
					methodName: string(method),
					params: struct(Object.fromEntries(params.map((one, at) => [String(at), one]))),
				}),
			),
		),
	'two people': (written, calls) =>
		plainly([
			...written,
			...calls.map(({ method }) =>
				struct({
					methodName: string(method),
					params: array([int(1), string('admin'), string('xxxx xxxx xxxx xxxx xxxx xxxx')]),
				}),
			),
		]),
	'as a struct': (written) =>
		write('system.multicall', [struct(Object.fromEntries(written.map((one, at) => [String(at), one])))]),
	'more in a call': (written) =>
		plainly(written.map((one) => one.replace('</struct>', `<member><name>extra</name>${int(1)}</member></struct>`))),
}

const nobody: Pool = {
	published: [],
	drafts: [],
	pages: [],
	media: [],
	comments: [],
	categories: [],
	tags: [],
	blocks: [],
	books: [],
	genres: [],
	users: [],
	passwordUuid: '',
}
