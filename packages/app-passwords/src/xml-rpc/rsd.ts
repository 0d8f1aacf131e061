import { escapeXml } from '@postern/wordpress'
import type { Site } from '../http/options.ts'

const apis = [
	['WordPress', true],
	['Movable Type', false],
	['MetaWeblog', false],
	['Blogger', false],
] as const

/** Really Simple Discovery: where a client that knows only the address finds the APIs. */
export function formatRsd({ url }: Pick<Site, 'url'>): string {
	const home = escapeXml(url)
	const api = (name: string, isPreferred: boolean, link: string): string =>
		`<api name="${name}" blogID="1" preferred="${String(isPreferred)}" apiLink="${link}" />`
	const listed = apis.map(([name, isPreferred]) => api(name, isPreferred, `${home}/xmlrpc.php`))
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<rsd version="1.0" xmlns="http://archipelago.phrasewise.com/rsd">',
		`<service><engineName>WordPress</engineName><engineLink>https://wordpress.org/</engineLink>`,
		`<homePageLink>${home}</homePageLink><apis>`,
		...listed,
		api('WP-API', false, `${home}/wp-json/`),
		'</apis></service></rsd>',
	].join('')
}
