import { accessesOfXmlRpc, decide, readXmlRpcRequest, writeXmlRpc, type Principal } from '@postern/policy'
import { Secret, withIncluded } from '@postern/vocabulary'
import type { Figure } from './figure.ts'

const bench = 'xml-rpc'
const site = {
	capabilities: new Set(['edit_posts', 'publish_posts', 'upload_files', 'unfiltered_html']),
	userId: 1,
	postTypes: new Map(),
	taxonomies: new Map(),
}
const principal: Principal = {
	kind: 'caller',
	scopes: withIncluded(['posts:publish', 'media:write']),
	connectors: 'all',
}
const credential = { username: 'admin', password: new Secret('H5wW1NntpxwXFbGRPkA30sfq') }
const login =
	'<param><value>1</value></param><param><value>ada</value></param><param><value>H5wW1NntpxwXFbGRPkA30sfq</value></param>'

/** A post and an attachment, read, decided on and written anew: what the gateway does before it asks a site. */
export async function run(): Promise<readonly Figure[]> {
	const post = call('wp.newPost', struct({ post_title: 'Ink on stone', post_content: content(10 * 1024) }))
	const file = call(
		'wp.uploadFile',
		struct({ name: 'a.jpg', type: 'image/jpeg' }, `<base64>${attachment(5 * 1024 ** 2)}</base64>`),
	)
	return [
		{ bench, figure: 'a post of 10 KB', value: 1_000 / timeOf(post, 3_000), unit: '/s', aim: '≥ 5,000/s' },
		{
			bench,
			figure: 'an attachment of 5 MiB',
			value: file.length / 1e6 / (timeOf(file, 40) / 1_000),
			unit: 'MB/s',
			aim: '≥ 100 MB/s',
		},
	]
}

/** The median, in ms of CPU-bound work. */
function timeOf(document: Buffer, rounds: number): number {
	const times: number[] = []
	for (let round = -rounds / 4; round < rounds; round += 1) {
		const startedAt = performance.now()
		pass(document)
		if (round >= 0) times.push(performance.now() - startedAt)
	}
	return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN
}

function pass(document: Buffer): void {
	const read = readXmlRpcRequest(document)
	if (read.kind === 'refused') throw new Error(read.reason)
	const accesses = accessesOfXmlRpc(read.request, site).flatMap((one) => {
		if (!one.ok) throw new Error(one.problem.code)
		return one.value
	})
	const permit = decide(principal, 'con_1', { request: read.request, accesses })
	if (!permit.ok) throw new Error(permit.problem.code)
	if (writeXmlRpc(read.request, credential).length < document.length / 2) throw new Error('something was lost')
}

function call(method: string, value: string): Buffer {
	const params = `${login}<param><value>${value}</value></param>`
	return Buffer.from(
		`<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${params}</params></methodCall>`,
	)
}

function struct(texts: Readonly<Record<string, string>>, bits?: string): string {
	const member = (name: string, value: string) => `<member><name>${name}</name><value>${value}</value></member>`
	const members = Object.entries(texts).map(([name, text]) => member(name, `<string>${text}</string>`))
	return `<struct>${members.join('')}${bits === undefined ? '' : member('bits', bits)}</struct>`
}

/** As the block editor writes it. */
function content(size: number): string {
	const block =
		'&lt;!-- wp:paragraph --&gt;&lt;p&gt;Ink on stone, and one accent, lamplight amber.&lt;/p&gt;&lt;!-- /wp:paragraph --&gt;\n'
	return block.repeat(Math.round(size / block.length))
}

function attachment(size: number): string {
	return Buffer.alloc(size, 'Postern. ').toString('base64')
}
