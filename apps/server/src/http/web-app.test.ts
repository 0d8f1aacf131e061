import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { createWebApp, type WebApp } from './web-app.ts'

let webApp: WebApp

beforeAll(() => {
	const folder = mkdtempSync(path.join(tmpdir(), 'postern-web-'))
	mkdirSync(path.join(folder, 'assets'))
	mkdirSync(path.join(folder, '.vite'))
	writeFileSync(path.join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
	writeFileSync(path.join(folder, 'assets', 'main-abc.js'), `export const text = '${'x'.repeat(2_000)}'`)
	writeFileSync(path.join(folder, '.vite', 'manifest.json'), '{}')
	webApp = createWebApp(folder, 'https://postern.example')
})

const ask = (pathname: string, headers: Record<string, string> = {}) =>
	webApp(new Request(`http://localhost${pathname}`, { headers }), true)

test('gives every page a nonce of its own, the same in policy and text', async () => {
	const answers = await Promise.all([ask('/connectors'), ask('/')])
	const nonces = await Promise.all(
		answers.map(async (answer) => {
			const nonce = /content="([\w-]{24})"/.exec(await answer.text())?.[1]
			expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
			expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
			expect(answer.headers.get('cache-control')).toBe('no-store')
			return nonce
		}),
	)
	expect(new Set(nonces).size).toBe(2)
})

test('names on every page where the WordPress API is', async () => {
	expect((await ask('/')).headers.get('link')).toBe('<https://postern.example/wp-json/>; rel="https://api.w.org/"')
})

test('serves hashed files compressed and for ever', async () => {
	const plain = await ask('/assets/main-abc.js')
	const packed = await ask('/assets/main-abc.js', { 'accept-encoding': 'gzip' })
	expect(packed.headers.get('content-encoding')).toBe('gzip')
	expect(packed.headers.get('cache-control')).toContain('immutable')
	expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(await plain.text())
})

test('answers 304 to who has it already', async () => {
	const etag = (await ask('/assets/main-abc.js')).headers.get('etag') ?? ''
	expect((await ask('/assets/main-abc.js', { 'if-none-match': etag })).status).toBe(304)
})

test('keeps to its folder, and keeps its manifest to itself', async () => {
	expect((await ask('/assets/gone-123.js')).status).toBe(404)
	expect(await (await ask('/.vite/manifest.json')).text()).toContain('csp-nonce')
	expect(await (await ask('/..%2f..%2fetc/passwd')).text()).toContain('csp-nonce')
})

test('says what to do when the app was never built', async () => {
	const empty = createWebApp(path.join(tmpdir(), 'postern-not-there'), 'https://postern.example')
	const answer = await empty(new Request('http://localhost/'), true)
	expect(answer.status).toBe(503)
	expect(await answer.text()).toContain('npm run build')
})
