import { fail, ok, type Result, Secret } from '@postern/vocabulary'
import { isReadByPhpAs } from './php-parameter.ts'

/** With what WordPress sends a person back from its authorize page. */
export type Approval =
	| { readonly kind: 'approved'; readonly siteUrl: string; readonly userLogin: string; readonly password: Secret }
	| { readonly kind: 'rejected' }
	/** `disabled`: application passwords are off for the site or the person. */
	| { readonly kind: 'error'; readonly code: string }

const fields = ['site_url', 'user_login', 'password', 'success', 'error'] as const
type Field = (typeof fields)[number]

const longestQuery = 8_192
const longestField = 2_048

/**
 * Reads the query of a way back, with or without its question mark. The password may be raw, as WordPress' server writes it, or in
 * groups of four, as its script does; its shape is not judged here. Fails with `approval/malformed` for what is missing, stands
 * twice, is spelled as a list, or says yes and no at once.
 */
export function readApproval(query: string): Result<Approval> {
	if (query.length > longestQuery) return fail('approval/malformed')
	const values = readFields(query)
	if (values === undefined) return fail('approval/malformed')
	const [siteUrl, userLogin, password] = [values.site_url, values.user_login, values.password]
	const given = [siteUrl, userLogin, password].filter((value) => value !== undefined).length
	const isRefused = values.success !== undefined || values.error !== undefined
	if (isRefused) return given === 0 ? readRefusal(values) : fail('approval/malformed')
	if (!siteUrl || !userLogin || !password) return fail('approval/malformed')
	return ok({ kind: 'approved', siteUrl, userLogin, password: new Secret(password) })
}

/** Undefined where something is wrong with it. */
function readFields(query: string): Partial<Record<Field, string>> | undefined {
	const values: Partial<Record<Field, string>> = {}
	for (const [name, value] of new URLSearchParams(query)) {
		const field = fields.find((known) => known === name)
		const isMisspelled = fields.some((known) => known !== name && isReadByPhpAs(encodeURIComponent(name), known))
		if (isMisspelled) return undefined
		if (field === undefined) continue
		const isSound = values[field] === undefined && value.length <= longestField && !value.includes('\uFFFD')
		if (!isSound) return undefined
		values[field] = value
	}
	return values
}

function readRefusal({ success, error }: Partial<Record<Field, string>>): Result<Approval> {
	if (success !== undefined && success !== 'false') return fail('approval/malformed')
	if (error === undefined) return ok({ kind: 'rejected' })
	return /^[\w-]{1,60}$/.test(error) ? ok({ kind: 'error', code: error }) : fail('approval/malformed')
}

/** The address that a person opens to approve of an application. Without `successUrl` WordPress shows the password instead. */
export function writeApprovalUrl(
	endpoint: string,
	application: {
		readonly appName: string
		/** A UUID in lower case. */
		readonly appId: string
		readonly successUrl?: string
		readonly rejectUrl?: string
	},
): string {
	const url = new URL(endpoint)
	const { appName, appId, successUrl, rejectUrl } = application
	url.searchParams.set('app_name', appName)
	url.searchParams.set('app_id', appId)
	if (successUrl !== undefined) url.searchParams.set('success_url', successUrl)
	if (rejectUrl !== undefined) url.searchParams.set('reject_url', rejectUrl)
	return url.href
}

/**
 * Whether the `site_url` of a way back is the site that was asked: scheme, host, port and folder of one of the addresses that it
 * was found under. https in the place of http is; http in the place of https never.
 */
export function isSameApprovedSite(
	returned: string,
	site: { readonly siteUrl: string; readonly homeUrl: string; readonly wordpressUrl: string },
): boolean {
	const url = URL.parse(returned)
	if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
	const asked = URL.parse(site.siteUrl)
	if (asked === null || (asked.protocol === 'https:' && url.protocol !== 'https:')) return false
	return [site.siteUrl, site.homeUrl, site.wordpressUrl].some((address) => {
		const known = URL.parse(address)
		return known !== null && isOfHost(known, asked) && isSame(url, known)
	})
}

/**
 * What a site calls its home is its own word. One that names somebody else's must not get the password that a person, sent on
 * to there, has approved of.
 */
function isOfHost(known: URL, asked: URL): boolean {
	return withoutWww(known) === withoutWww(asked)
}

function withoutWww({ hostname }: URL): string {
	return hostname.startsWith('www.') ? hostname.slice(4) : hostname
}

function isSame(url: URL, known: URL): boolean {
	const isUpgraded = known.protocol === 'http:' && url.protocol === 'https:' && known.port === '' && url.port === ''
	const isSameOrigin = url.origin === known.origin && url.protocol.startsWith('http')
	return (isSameOrigin || (isUpgraded && url.hostname === known.hostname)) && folderOf(url) === folderOf(known)
}

function folderOf({ pathname }: URL): string {
	return pathname.endsWith('/') ? pathname.slice(0, -1) : pathname
}
