import { once } from 'node:events'
import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	request as httpRequest,
	type RequestListener,
	type Server,
} from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Secret, type Scope } from '@postern/vocabulary'
import { onTestFinished } from 'vitest'
import type { ServerCertificate } from '../../../../packages/egress/src/testing/certificates.ts'
import { sealConnection } from '../access/seal-connection.ts'
import { must, setUpAnn, startTestServer, type TestServer } from '../http/routes/test-server.testing.ts'
import type { PosternGrants, PosternUser } from '../store/application-password/application-password.ts'
import type { ConnectorSite } from '../store/connector/connector.ts'
import { plainReach, type Reach } from '../store/connector/reach.ts'
import { draftOf } from '../store/cases/connector.testing.ts'

/** The site credential. */
export const secret = 'abcd EFGH 1234 ijkl MNOP 5678'.replaceAll(' ', '')
export const siteAccount = { username: 'yuki', userId: 7 }

export type Seen = {
	readonly method: string
	readonly url: string
	readonly headers: IncomingHttpHeaders
	readonly rawHeaders: readonly string[]
	body: string
}

/** A site: what it was asked, and whatever it answers. */
export type TestSite = {
	readonly port: number
	readonly origin: string
	readonly seen: Seen[]
	answer: RequestListener
}

async function startSite(certificate: ServerCertificate | undefined): Promise<TestSite> {
	const seen: Seen[] = []
	const listener: RequestListener = (request, response) => {
		const { method = '', url = '', headers, rawHeaders } = request
		const entry: Seen = { method, url, headers, rawHeaders, body: '' }
		seen.push(entry)
		request.on('data', (chunk) => {
			if (entry.body.length < 1_000_000) entry.body += String(chunk)
		})
		site.answer(request, response)
	}
	const options = { maxHeaderSize: 262_144 }
	const isSecure = certificate !== undefined
	const server = isSecure
		? createSecureServer({ ...options, ...certificate }, listener)
		: createServer(options, listener)
	const port = await listenUntilEnd(server)
	const site: TestSite = {
		port,
		origin: `${isSecure ? 'https' : 'http'}://127.0.0.1:${port}`,
		seen,
		answer: (_request, response) => answerJson(response, { ok: true }),
	}
	return site
}

export function answerJson(
	response: Parameters<RequestListener>[1],
	document: unknown,
	headers: Readonly<Record<string, string>> = {},
): void {
	response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8', ...headers })
	response.end(JSON.stringify(document))
}

async function listenUntilEnd(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	onTestFinished(() => server.close().closeAllConnections())
	return (server.address() as AddressInfo).port // a TCP server has one once it listens
}

export type Granted = { readonly authorization: string; readonly uuid: string }

export type TestGateway = {
	readonly server: TestServer
	readonly site: TestSite
	readonly workspaceId: string
	readonly owner: PosternUser
	readonly slug: string
	readonly connectorId: string
	/** The site's address behind the gateway, with a slash at its end. */
	readonly url: string
	/** Makes an application password with these scopes. */
	grant(scopes: readonly Scope[], more?: Partial<PosternGrants> & More): Promise<Granted>
	/** Asks for a path below the site's address. */
	ask(asked: Asked): Promise<Told>
	/** Sends bytes as they are; gives all that comes back until the connection is closed, or for a while. */
	raw(bytes: string | Buffer, quietMs?: number): Promise<string>
	/** Requests in the record, the newest first. */
	record(): Promise<readonly RecordedAccess[]>
}

type More = { readonly requestsPerMinute?: number; readonly expires?: Date; readonly addresses?: readonly string[] }
type RecordedAccess = NonNullable<
	Awaited<ReturnType<TestServer['store']['audit']['page']>> extends infer R
		? R extends { ok: true; value: { entries: readonly (infer E)[] } }
			? E extends { access: infer A }
				? A
				: never
			: never
		: never
>

export type Asked = {
	readonly method?: string
	readonly path: string
	readonly as?: Granted | undefined
	readonly headers?: Readonly<Record<string, string | string[]>>
	readonly body?: string | Buffer
}

export type Told = {
	readonly status: number
	readonly headers: IncomingHttpHeaders
	readonly text: string
	readonly json: any // oxlint-disable-line typescript/no-explicit-any -- tests look into answers of every route
}

type Options = {
	readonly environ?: Readonly<Record<string, string>>
	readonly now?: () => Date
	/** Where its API is: `/wp-json/` if not given. */
	readonly root?: string
	readonly style?: ConnectorSite['apiRootStyle']
	readonly capabilities?: readonly string[]
	/** Of the site as connected; the test site's own if not given. */
	readonly siteOrigin?: string
	/** With one it speaks https. */
	readonly certificate?: ServerCertificate
	readonly reach?: Partial<Reach>
}

/** Starts Postern with one site connected, whose answers the test decides. */
export async function startGateway(options: Options = {}): Promise<TestGateway> {
	const site = await startSite(options.certificate)
	const { environ, now = () => new Date() } = options
	const server = await startTestServer({
		environ: { POSTERN_ALLOW_PRIVATE: '127.0.0.1/32:' + String(site.port), ...environ },
		now,
	})
	onTestFinished(() => server.stop())
	const { workspaceId } = await setUpAnn(server)
	const owner = await server.store.passwordOwners.findByLogin('Ann')
	if (owner === undefined) throw new Error('Ann is not there')
	const connector = await connectSite(server, workspaceId, options.siteOrigin ?? site.origin, options)
	const path = `/sites/${connector.slug}/`
	return {
		server,
		site,
		workspaceId,
		owner,
		slug: connector.slug,
		connectorId: connector.id,
		url: `${server.origin}${path}`,
		grant: (scopes, more) => grant(server, owner, scopes, more),
		ask: (asked) => ask(server.port, { ...asked, path: `${path}${asked.path.replace(/^\//, '')}` }),
		raw: (bytes, quietMs = 2_000) => raw(server.port, bytes, quietMs),
		async record() {
			await server.store.accessJournal.flush()
			const page = must(await server.store.audit.page({ workspaceId, limit: 100, kind: 'requests' }))
			return page.entries.flatMap(({ access }) => (access === null ? [] : [access]))
		},
	}
}

/** A saved connector whose credential the vault can open. */
export async function connectSite(
	{ store, vault }: TestServer,
	workspaceId: string,
	siteOrigin: string,
	{
		root = '/wp-json/',
		style = 'path',
		capabilities = [],
		reach = {},
	}: Pick<Options, 'root' | 'style' | 'capabilities' | 'reach'> = {},
) {
	const url = new URL(siteOrigin)
	const draft = draftOf(workspaceId, 'blog.example', new Date('9999-01-01T00:00:00Z'))
	const place = { workspaceId, connectorId: draft.id, siteOrigin: url.origin, sealVersion: 1 }
	const secrets = { password: new Secret(secret), reach: { ...plainReach, ...reach } }
	const sealed = must(await sealConnection(secrets, place, { vault }))
	const made = await store.connectors.createDraft({
		...draft,
		...sealed,
		account: { ...draft.account, ...siteAccount },
		capabilities: [...draft.capabilities, ...capabilities],
		site: {
			...draft.site,
			url: `${siteOrigin}/`,
			origin: url.origin,
			host: url.host,
			homeUrl: `${siteOrigin}/`,
			apiRootUrl: `${siteOrigin}${root}`,
			apiRootStyle: style,
		},
	})
	const saved = await store.connectors.save(workspaceId, made.id, 'Blog')
	if (saved === undefined) throw new Error('the draft was not saved')
	return saved
}

async function grant(
	{ appPasswords }: TestServer,
	owner: PosternUser,
	scopes: readonly Scope[],
	{ requestsPerMinute, expires, addresses, ...grants }: Partial<PosternGrants> & More = {},
): Promise<Granted> {
	const occasion = { by: owner, withPassword: null, ip: '127.0.0.1', requestId: null }
	const wanted = {
		name: 'A client',
		...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
		...(expires === undefined ? {} : { expires }),
		...(addresses === undefined ? {} : { addresses }),
		grants: { preset: null, scopes, connectors: 'all', writesPerDay: null, ...grants } as const,
	}
	const issued = await appPasswords.create(owner, wanted, occasion)
	if (!issued.ok) throw new Error(issued.error.code)
	const { password, secret: made } = issued.value
	const pair = Buffer.from(`Ann:${made.reveal()}`).toString('base64')
	return { authorization: `Basic ${pair}`, uuid: password.uuid }
}

export async function ask(port: number, { method = 'GET', path, as, headers = {}, body }: Asked): Promise<Told> {
	const outgoing = httpRequest({
		host: '127.0.0.1',
		port,
		method,
		path,
		agent: false,
		headers: {
			host: 'localhost:4600',
			...(as === undefined ? {} : { authorization: as.authorization }),
			...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
			...headers,
		},
	})
	outgoing.end(body)
	const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
	const chunks: Buffer[] = []
	for await (const chunk of response) chunks.push(Buffer.from(chunk))
	const text = Buffer.concat(chunks).toString()
	const { statusCode: status = 0, headers: told } = response
	const isJson = (told['content-type'] ?? '').includes('json') && text !== ''
	return { status, headers: told, text, json: isJson ? JSON.parse(text) : undefined }
}

/** Gives what came until the connection was closed, or until nothing more came for so long after the first of it. */
export function raw(port: number, bytes: string | Buffer, quietMs: number): Promise<string> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1')
		let answer = ''
		const end = () => {
			clearTimeout(timer)
			socket.destroy()
			resolve(answer)
		}
		let timer = setTimeout(end, longestSilenceMs)
		socket.on('data', (chunk) => {
			answer += chunk.toString('latin1')
			clearTimeout(timer)
			timer = setTimeout(end, quietMs)
		})
		socket.on('error', () => undefined).on('close', end)
		socket.write(bytes)
	})
}

const longestSilenceMs = 20_000

/** What is counted, once it has not grown for half a second. */
export async function whenStill(count: () => number): Promise<number> {
	for (let before = 0; ;) {
		await delay(500)
		const now = count()
		if (now > 0 && now === before) return now
		before = now
	}
}
