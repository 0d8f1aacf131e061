import type { Probe } from './probe.ts'
import type { PostSummary } from './types.ts'

/** A post in the site's own words. */
export type ToldPost = {
	readonly id: number
	readonly title: string
	readonly status: string
	readonly link: string
	readonly date: Date | undefined
	readonly modified: Date | undefined
}

/** Makes it fit to be shown, and leaves out what is not. */
export function quotePost({ id, title, status, link: told, date, modified }: ToldPost, probe: Probe): PostSummary {
	const link = readLink(told, probe)
	return {
		id,
		title: probe.quote(title, 200),
		status: probe.quote(status, 20),
		...(link === undefined ? {} : { link }),
		...(date === undefined ? {} : { date }),
		...(modified === undefined ? {} : { modified }),
	}
}

// An address that echoes the credential is as good as none.
function readLink(link: string, probe: Probe): string | undefined {
	const url = URL.parse(link)
	if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > 2_048) return undefined
	return probe.quote(url.href, 2_048) === url.href ? url.href : undefined
}
