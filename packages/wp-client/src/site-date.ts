import type { XmlRpcDate } from '@postern/wordpress'

/** WordPress writes UTC without saying so, and zeros for a draft that has no date. */
export function readSiteDate(text: string): Date | undefined {
	const date = new Date(`${text}Z`)
	return Number.isNaN(date.getTime()) || text.startsWith('0000') ? undefined : date
}

/** `20261122T08:00:00`: of a member whose name ends in `_gmt`, so it is UTC. */
export function readXmlRpcDate({ text }: XmlRpcDate): Date | undefined {
	const [, year, month, day, time] = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d:\d\d:\d\d)/.exec(text) ?? []
	return time === undefined ? undefined : readSiteDate(`${year}-${month}-${day}T${time}`)
}
