import { accessesOfRest, holdsUnfilteredHtml, type RestMethod, type RestRequest, type SiteFacts } from '@postern/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { wordpressVersions } from './wordpress/wordpress-options.ts'

const indexJson = z.object({ routes: z.record(z.string(), z.object({ methods: z.array(z.string()) })) })
const facts: SiteFacts = { capabilities: new Set(), userId: 1, postTypes: new Map(), taxonomies: new Map() }

/** WordPress' pattern of a route with an example in place of each variable. */
type Example = { readonly pattern: string; readonly path: string; readonly names: readonly string[] }

describe.each(wordpressVersions)('the routes of WordPress %s', (version) => {
	let site: WordPressSite
	let routes: readonly (Example & { readonly methods: readonly RestMethod[] })[] = []
	beforeAll(async () => {
		site = await startWordPress({ version, permalinks: 'pretty' })
		const index = indexJson.parse(await (await fetch(`${site.url}/wp-json/`)).json())
		routes = Object.entries(index.routes).map(([pattern, { methods }]) => ({
			...exampleOf(pattern),
			methods: methods.filter(isMethod),
		}))
	})
	afterAll(() => site.stop())

	it('are all known, with every method, and those of its application passwords are for nobody', () => {
		expect(routes.length).toBeGreaterThan(100)
		for (const { pattern, path, methods } of routes) {
			for (const method of methods) {
				const accesses = accessesOfRest(request(method, path), facts)
				const isForNobody = path.includes('/application-passwords') || (path === '/batch/v1' && method === 'POST')
				const code = isForNobody ? 'application-password/not-allowed-here' : undefined
				expect(accesses.ok ? undefined : accesses.problem.code, `${method} ${pattern}`).toBe(code)
			}
		}
	})

	it('T25 have no path variable that a parameter could beat', () => {
		let count = 0
		for (const { pattern, path, names, methods } of routes) {
			if (path.includes('/application-passwords')) continue
			for (const method of methods) {
				for (const name of names) {
					const accesses = accessesOfRest(request(method, path, name), facts)
					expect(accesses.ok ? undefined : accesses.problem.params, `${method} ${pattern}`).toEqual({ name })
					count++
				}
			}
		}
		expect(count).toBeGreaterThan(80)
	})

	it('T31 store nothing, of what passes as plain, that WordPress would take from an author', async () => {
		const texts = madeTexts(12_000)
		const passed = texts.filter((text) => text.includes('<') && !holdsUnfilteredHtml(text))
		expect(passed.length).toBeGreaterThan(300)
		const filtered = z
			.array(z.string())
			.parse(
				await site.runPhp(
					`return array_map( 'wp_kses_post', json_decode( base64_decode( '${encode(passed)}' ), true ) );`,
				),
			)
		const taken = passed.filter((text, index) => bare(filtered[index] ?? '').join() !== bare(text).join())
		expect(taken).toEqual([])
	})
})

function isMethod(text: string): text is RestMethod {
	return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(text)
}

function request(method: RestMethod, path: string, name?: string): RestRequest {
	const segments = path.split('/').filter((segment) => segment !== '')
	const query = new Map(name === undefined ? [] : [[name, 'another']])
	return { kind: 'rest', method, segments, query, body: { kind: 'none' } }
}

function exampleOf(pattern: string): Example {
	const names: string[] = []
	let path = pattern
	for (let at = path.indexOf('(?P<'); at >= 0; at = path.indexOf('(?P<')) {
		const end = endOfGroup(path, at)
		const group = path.slice(at, end)
		const name = /^\(\?P<(\w+)>/.exec(group)?.[1] ?? ''
		names.push(name)
		const isTemplate = /template/.test(pattern) && !group.includes('\\d')
		const example = group.includes('\\d') ? '7' : isTemplate || group.includes(']+/[') ? 'one/two' : 'one'
		path = path.slice(0, at) + example + path.slice(end)
	}
	return { pattern, path, names }
}

function endOfGroup(pattern: string, at: number): number {
	let depth = 0
	for (let index = at; index < pattern.length; index++) {
		if (pattern[index] === '[') index = endOfClass(pattern, index)
		if (pattern[index] === '(') depth++
		if (pattern[index] === ')' && --depth === 0) return index + 1
	}
	throw new Error(`${pattern} has an open group`)
}

function endOfClass(pattern: string, at: number): number {
	let index = at + 1
	while (pattern[index] !== ']' || pattern[index - 1] === '\\') index++
	return index
}

const pieces = [
	[
		'<p>',
		'</p>',
		'<p ',
		'<a ',
		'<img ',
		'<div ',
		'<td ',
		'<ol ',
		'<details ',
		'<',
		'>',
		'/>',
		' />',
		'</',
		'</a>',
		'<br>',
		'<!-- x -->',
	],
	[
		'<em>',
		'<H2>',
		'<script>',
		'<iframe ',
		'<b',
		'<svg>',
		'<button ',
		'<video ',
		'<font ',
		'<form>',
		'<input ',
		'<style>',
	],
	[
		'href="https://e.org/?a=1"',
		"href='/x'",
		'href="javascript:x"',
		'href="tel:1"',
		'src="a.png"',
		'class="a b"',
		' ',
		'=',
		'"',
	],
	[
		'style="color:red"',
		'style="margin-top:1px;width:50%"',
		'style="behavior:url(x)"',
		'onclick="x"',
		'id=a',
		'title="q"',
		'hidden',
	],
	[
		'data-x="1"',
		'aria-label="x"',
		'target="_blank"',
		'colspan="2"',
		'start="2"',
		'open',
		'controls',
		'alt=""',
		'x',
		'a < b',
		'\n',
	],
].flat()

/** The same texts in every run: tags that could be whole, among what never is. */
function madeTexts(count: number): string[] {
	let state = 20_261_122
	const piece = (): string => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
		return pieces[Math.floor((state / 2 ** 32) * pieces.length)] ?? ''
	}
	const tag = () => `${piece()}${piece()}`.replace(/(\w|")(?=[a-z-]+=)/, '$1 ')
	return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? `${tag()}>${piece()}` : `${tag()} ${piece()}>`))
}

function encode(texts: readonly string[]): string {
	return Buffer.from(JSON.stringify(texts)).toString('base64')
}

/**
 * The tags of a text in turn, with their styles. Attributes that mean nothing on an element (`<b target>`) WordPress takes from it;
 * what they may hold is in the vectors of `holdsUnfilteredHtml`.
 */
function bare(text: string): readonly string[] {
	const tags = text.match(/<!--.*?-->|<\/?[a-z0-9]+[^>]*>/gis) ?? []
	return tags.map((tag) => {
		const name = /^<[!/]?[a-z0-9-]+/i.exec(tag)?.[0].toLowerCase() ?? ''
		const styles = [...tag.matchAll(/style="([^"]*)"/g)].map(([, style = '']) => style.replaceAll(/[ ;]/g, ''))
		// A browser takes the first of several.
		return `${name} ${styles[0] ?? ''}`
	})
}
