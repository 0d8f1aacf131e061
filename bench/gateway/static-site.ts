import { certificates } from '@postern/egress/testing/certificates'
import { freePort } from '../../scripts/testing/free-port.ts'
import { type Nginx, startNginx } from './nginx.ts'

export type StaticSite = {
	readonly url: string
	/** The same files by TLS, with the certificate of the tests' authority. */
	readonly tlsUrl: string
	readonly port: number
	readonly pid: number
	stop(): Promise<void>
}

/** What an answer of this many bytes is asked for by. */
export const routes = { '2 KB': '/wp-json/wp/v2/posts', '64 KB': '/wp-json/wp/v2/pages' } as const

/**
 * A site that can be connected and answers ready JSON, from nginx' cache of open files: it costs as little as an upstream can, so
 * that what is measured is what stands in front of it. It judges no password; only whether there is one.
 */
export async function startStaticSite(): Promise<StaticSite> {
	const [port, tlsPort] = [await freePort(), await freePort()]
	const [url, tlsUrl] = [`http://127.0.0.1:${port}`, `https://127.0.0.1:${tlsPort}`]
	const nginx: Nginx = await startNginx(
		`server { listen 127.0.0.1:${port}; ${locations('plain', url)} }
		server { listen 127.0.0.1:${tlsPort} ssl; ssl_certificate FOLDER/site.pem; ssl_certificate_key FOLDER/site.key; ${locations('tls', tlsUrl)} }`,
		{
			...documents('plain', url),
			...documents('tls', tlsUrl),
			'site.pem': certificates.good.cert,
			'site.key': certificates.good.key,
		},
	)
	return { url, tlsUrl, port, pid: nginx.pid, stop: () => nginx.stop() }
}

function locations(kind: string, url: string): string {
	const home = `<!doctype html><link rel="https://api.w.org/" href="${url}/wp-json/"><title>Bench</title>`
	// A file cannot answer for an address that ends with a slash.
	const told = (route: string, text: string) =>
		`location = ${route} { default_type ${text.startsWith('{') ? 'application/json' : 'text/html'}; return 200 '${text}'; }`
	const open = (route: string, file: string) => `location = ${route} { alias FOLDER/${kind}-${file}; }`
	const closed = (route: string, file: string) =>
		`location = ${route} { if ($http_authorization = "") { return 401 '{"code":"rest_not_logged_in","message":"No.","data":{"status":401}}'; } alias FOLDER/${kind}-${file}; }`
	return `
		default_type application/json;
		${told('/', home)}
		${told('/wp-json/', index(url))}
		${closed('/wp-json/wp/v2/users/me', 'me')}
		${closed('/wp-json/wp/v2/users/me/application-passwords/introspect', 'introspect')}
		${open('/wp-json/wp/v2/types', 'types')}
		${open(routes['2 KB'], 'posts')}
		${open(routes['64 KB'], 'pages')}
	`
}

function index(url: string): string {
	const document = {
		name: 'Bench',
		description: '',
		url,
		home: url,
		gmt_offset: 0,
		namespaces: ['oembed/1.0', 'wp/v2'],
		authentication: {
			'application-passwords': { endpoints: { authorization: `${url}/wp-admin/authorize-application.php` } },
		},
		routes: {},
	}
	return JSON.stringify(document)
}

function documents(kind: string, url: string): Record<string, string> {
	const capabilities = { read: true, edit_posts: true, edit_pages: true, publish_posts: true, upload_files: true }
	const me = { id: 1, username: 'bench', name: 'Bench', roles: ['editor'], capabilities }
	const introspect = { uuid: '0b1b5a3e-5a3e-4b1b-8a3e-0b1b5a3e5a3e', app_id: '', name: 'Bench' }
	return Object.fromEntries(
		Object.entries({
			me: JSON.stringify(me),
			introspect: JSON.stringify(introspect),
			types: '{}',
			posts: JSON.stringify(posts(url, 2 * 1024)),
			pages: JSON.stringify(posts(url, 64 * 1024)),
		}).map(([name, text]) => [`${kind}-${name}`, text]),
	)
}

/** A list of posts of about this size, with the links that every item of WordPress' bears. */
function posts(url: string, size: number): object[] {
	const count = Math.max(1, Math.round(size / 2_048))
	return Array.from({ length: count }, (_, at) => ({
		id: at + 1,
		date: '2026-11-22T10:00:00',
		status: 'publish',
		title: { rendered: `Post ${at + 1}` },
		content: { rendered: '<p>Ink on stone.</p>\n'.repeat(70) },
		_links: {
			self: [{ href: `${url}/wp-json/wp/v2/posts/${at + 1}` }],
			collection: [{ href: `${url}/wp-json/wp/v2/posts` }],
		},
	}))
}
