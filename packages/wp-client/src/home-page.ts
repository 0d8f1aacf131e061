import { type ApiRoot, readApiRoot } from '@postern/wordpress'
import { Parser } from 'htmlparser2'
import { readPageTitle } from './page-title.ts'
import type { Answer } from './probe.ts'
import { isSameSite } from './same-site.ts'
import type { FoundBy } from './types.ts'

export type AdvertisedRoot = { readonly root: ApiRoot; readonly foundBy: FoundBy }

/** What a page of a site gives away. */
export type PageSigns = {
	readonly roots: readonly AdvertisedRoot[]
	/** The address of the RSD document, which names the API as well. */
	readonly rsd: URL | undefined
	readonly version: string | undefined
	/** Marks in markup and headers; words in the text prove nothing. */
	readonly isWordpress: boolean
	readonly title: string
}

const API_RELATION = 'https://api.w.org/'

export function readPageSigns(answer: Answer): PageSigns {
	const base = answer.url.href
	const markup = readMarkup(answer)
	const roots = [
		...linkHeaderTargets(answer.headers.get('link') ?? '').map((address) => ({
			address,
			foundBy: 'link-header' as const,
		})),
		...markup.apiLinks.map((address) => ({ address, foundBy: 'link-tag' as const })),
	].flatMap(({ address, foundBy }): AdvertisedRoot[] => {
		const root = readApiRoot(address, base)
		return root === undefined ? [] : [{ root, foundBy }]
	})
	return {
		roots: roots
			.filter(({ root }, index) => roots.findIndex((other) => other.root.url === root.url) === index)
			.slice(0, 3),
		rsd: markup.rsd === undefined ? undefined : (URL.parse(markup.rsd, base) ?? undefined),
		version: markup.version,
		isWordpress: roots.length > 0 || markup.isWordpress || hasWordpressHeaders(answer.headers),
		title: readPageTitle(answer.text),
	}
}

/** Targets with the relation of the WordPress API in a `Link` header (RFC 8288 §3). */
function linkHeaderTargets(header: string): string[] {
	return [...header.slice(0, 16_384).matchAll(/<([^<>]*)>([^<>]*)/g)]
		.filter(([, , parameters = '']) => /;\s*rel\s*=\s*"?[^";,]*https:\/\/api\.w\.org\//i.test(parameters))
		.map(([, target = '']) => target)
}

function hasWordpressHeaders(headers: Headers): boolean {
	const redirectedBy = headers.get('x-redirect-by') ?? ''
	return /xmlrpc\.php/.test(headers.get('x-pingback') ?? '') || /wordpress/i.test(redirectedBy)
}

type Markup = { apiLinks: string[]; rsd: string | undefined; version: string | undefined; isWordpress: boolean }

function readMarkup({ url, text }: Answer): Markup {
	const found: Markup = { apiLinks: [], rsd: undefined, version: undefined, isWordpress: false }
	const parser = new Parser({
		onopentag: (name, attributes) => {
			noteTag(found, name, attributes)
			if (ASSETS.has(name) && isWordpressAsset(attributes, url)) found.isWordpress = true
		},
	})
	parser.end(text)
	return found
}

function noteTag(found: Markup, name: string, attributes: Readonly<Record<string, string>>): void {
	const { rel = '', href = '' } = attributes
	const relations = rel.toLowerCase().split(/\s+/)
	if (name === 'link' && relations.includes(API_RELATION)) found.apiLinks.push(href)
	if (name === 'link' && relations.includes('edituri')) found.rsd ??= href
	if (name === 'meta' && attributes['name']?.toLowerCase() === 'generator') {
		const generator = /^WordPress(?:\s+(\d+(?:\.\d+){1,2}))?/i.exec(attributes['content'] ?? '')
		if (generator !== null) found.isWordpress = true
		found.version ??= generator?.[1]
	}
}

const ASSETS = new Set(['link', 'script', 'img', 'form'])

// Of this site only: a page about WordPress may well show another site's pictures.
function isWordpressAsset(attributes: Readonly<Record<string, string>>, page: URL): boolean {
	return [attributes['href'], attributes['src'], attributes['action']].some((address) => {
		const target = address === undefined ? null : URL.parse(address, page.href)
		return (
			target !== null &&
			isSameSite(target, page) &&
			/\/wp-(?:content|includes)\/|\/wp-login\.php$/.test(target.pathname)
		)
	})
}

/** The API address that an RSD document names (`xmlrpc.php?rsd`). */
export function readRsd(answer: Answer): ApiRoot | undefined {
	let link: string | undefined
	const parser = new Parser(
		{
			onopentag: (name, { name: api, apiLink }) => {
				if (name === 'api' && api === 'WP-API') link ??= apiLink
			},
		},
		{ xmlMode: true },
	)
	parser.end(answer.text.slice(0, 65_536))
	return link === undefined ? undefined : readApiRoot(link, answer.url.href)
}
