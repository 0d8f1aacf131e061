import { describe, expect, it } from 'vitest'
import { readPageSigns, readRsd } from './home-page.ts'
import type { Answer } from './probe.ts'

const page = (text: string, headers: Record<string, string> = {}): Answer => ({
	kind: 'answer',
	url: new URL('https://a.example/blog/'),
	status: 200,
	headers: new Headers(headers),
	text,
})

describe('readPageSigns', () => {
	it.each([
		['<https://a.example/wp-json/>; rel="https://api.w.org/"'],
		['<https://a.example/wp-json/>; rel=https://api.w.org/'],
		['</style.css>; rel=preload; as=style, </wp-json/>; title="a"; rel="x https://api.w.org/", </p>; rel=shortlink'],
	])('finds the API in a Link header: %s', (link) => {
		expect(readPageSigns(page('', { link })).roots).toEqual([
			{ root: { url: 'https://a.example/wp-json/', style: 'path' }, foundBy: 'link-header' },
		])
	})

	it('finds the API in a link element, wherever its attributes stand, and drops what is no web address', () => {
		const tags = `<LINK HREF='/blog/?rest_route=/' REL="alternate https://API.W.ORG/"><link rel="https://api.w.org/" href="javascript:x">`
		expect(readPageSigns(page(tags)).roots).toEqual([
			{ root: { url: 'https://a.example/blog/?rest_route=/', style: 'query' }, foundBy: 'link-tag' },
		])
	})

	it('reads the version, the title and the RSD address', () => {
		const html = `<title> Tom &amp; Jerry </title><meta name="generator" content="WordPress 6.5.5"><link rel="EditURI" href="xmlrpc.php?rsd">`
		expect(readPageSigns(page(html))).toMatchObject({
			version: '6.5.5',
			title: 'Tom & Jerry',
			isWordpress: true,
			rsd: new URL('https://a.example/blog/xmlrpc.php?rsd'),
		})
	})

	it.each([
		'<p>/wp-content/themes/x and &lt;meta name="generator" content="WordPress 6.5"&gt;</p>',
		'<!-- <link href="/wp-includes/x.css"> -->',
		'<img src="https://other.test/wp-content/a.png">',
		'<script>var a = "/wp-content/"</script>',
		'<meta name="generator" content="Hugo 0.120">',
		'<a href="/wp-content/">files</a>',
	])('does not take %s for a sign of WordPress', (html) => {
		expect(readPageSigns(page(html)).isWordpress).toBe(false)
	})

	it.each([
		['<script src="/wp-includes/js/x.js"></script>', {}],
		['<img src="https://cdn.a.example/wp-content/a.png">', {}],
		['<form action="/wp-login.php">', {}],
		['', { 'x-pingback': 'https://a.example/xmlrpc.php' }],
		['', { 'x-redirect-by': 'WordPress' }],
	] satisfies [string, Record<string, string>][])('takes %s %j for one', (html, headers) => {
		expect(readPageSigns(page(html, headers)).isWordpress).toBe(true)
	})
})

describe('readRsd', () => {
	it('reads the address of the API, and nothing from other documents', () => {
		const rsd =
			'<rsd><api name="WordPress" apiLink="https://a.example/xmlrpc.php"/><api name="WP-API" apiLink="https://a.example/api/"/></rsd>'
		expect(readRsd(page(rsd))).toEqual({ url: 'https://a.example/api/', style: 'path' })
		expect(readRsd(page('<html><api name="x"></html>'))).toBeUndefined()
	})
})
