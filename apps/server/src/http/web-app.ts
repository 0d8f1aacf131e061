import { hash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { setSecurityHeaders } from '../wire/security-headers.ts'

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.webp': 'image/webp',
	'.json': 'application/json',
	'.webmanifest': 'application/manifest+json',
	'.ico': 'image/x-icon',
	'.txt': 'text/plain; charset=utf-8',
}
const compressible = /^(text|application)\/|svg/

type File = {
	readonly body: Buffer
	readonly type: string
	readonly etag: string
	readonly encoded: Map<string, Buffer>
}

export type WebApp = (request: Request, isHttps: boolean) => Promise<Response>

/**
 * Serves the built web app from memory; any path that is not a file is the app's page, which knows its own routes. Every page
 * names where the WordPress API of `origin` is, as pages of WordPress do (REST API discovery).
 */
export function createWebApp(folder: string, origin: string): WebApp {
	const files = readFiles(folder)
	return async (request, isHttps) => {
		const { pathname } = new URL(request.url)
		const file = files.get(pathname)
		if (file && pathname !== '/index.html') return fileResponse(file, pathname, request)
		if (path.posix.extname(pathname) !== '' && pathname.startsWith('/assets/'))
			return new Response(null, { status: 404 })
		const response = pageResponse(files.get('/index.html'), isHttps)
		response.headers.set('link', `<${origin}/wp-json/>; rel="https://api.w.org/"`)
		return response
	}
}

function readFiles(folder: string): Map<string, File> {
	const files = new Map<string, File>()
	if (!existsSync(folder)) return files
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue
		const full = path.join(entry.parentPath, entry.name)
		const pathname = `/${path.relative(folder, full).split(path.sep).join('/')}`
		const type = types[path.extname(entry.name)]
		// Vite's manifest and anything of an unknown type is not for the public.
		if (type === undefined || pathname.startsWith('/.vite/')) continue
		const body = readFileSync(full)
		files.set(pathname, { body, type, etag: `"${hash('sha256', body, 'base64url').slice(0, 22)}"`, encoded: new Map() })
	}
	return files
}

/** A page of its own for every answer: the nonce must not be guessed or kept. */
function pageResponse(page: File | undefined, isHttps: boolean): Response {
	if (!page) return new Response('The web app is not built. Run: npm run build\n', { status: 503 })
	const nonce = randomBytes(18).toString('base64url')
	const headers = new Headers({ 'content-type': page.type })
	setSecurityHeaders(headers, { nonce, isHttps })
	return new Response(page.body.toString('utf8').replaceAll('__CSP_NONCE__', nonce), { headers })
}

async function fileResponse(file: File, pathname: string, request: Request): Promise<Response> {
	const isHashed = pathname.startsWith('/assets/')
	const headers = new Headers({
		'content-type': file.type,
		etag: file.etag,
		'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
		vary: 'accept-encoding',
	})
	if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers })
	const encoding = chooseEncoding(file, request.headers.get('accept-encoding') ?? '')
	if (encoding === undefined) return new Response(new Uint8Array(file.body), { headers })
	headers.set('content-encoding', encoding)
	return new Response(new Uint8Array(await encode(file, encoding)), { headers })
}

function chooseEncoding(file: File, accepted: string): 'br' | 'gzip' | undefined {
	if (file.body.length < 1024 || !compressible.test(file.type)) return undefined
	if (/\bbr\b/.test(accepted)) return 'br'
	return /\bgzip\b/.test(accepted) ? 'gzip' : undefined
}

async function encode(file: File, encoding: 'br' | 'gzip'): Promise<Buffer> {
	const known = file.encoded.get(encoding)
	if (known) return known
	const made = await (encoding === 'br' ? promisify(brotliCompress)(file.body) : promisify(gzip)(file.body))
	file.encoded.set(encoding, made)
	return made
}
