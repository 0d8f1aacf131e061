import { isWordPressUuid } from './application-password.ts'
import { isReadByPhpAs } from './php-parameter.ts'
import { readRedirectUrl, type RedirectError, type RedirectReason, type RedirectUrl } from './redirect-url.ts'

/** What an application asks for at `/wp-admin/authorize-application.php`; everything in it is the application's own word. */
export type AuthorizeRequest = {
	/** In NFC; empty when none was given. */
	readonly appName: string
	/** A UUID, or empty. */
	readonly appId: string
	readonly successUrl: RedirectUrl | undefined
	readonly rejectUrl: RedirectUrl | undefined
	/** Not WordPress': what the application would like to be allowed, unread. */
	readonly scope: string | undefined
}

export type AuthorizeFault = {
	readonly parameter: AuthorizeParameter
	readonly code: RedirectError | 'invalid_app_id' | 'duplicate_param' | 'param_type' | 'name_format' | 'name_too_long'
	/** Of a redirect URL only. */
	readonly reason?: RedirectReason
}

const parameters = ['app_name', 'app_id', 'success_url', 'reject_url', 'scope'] as const
export type AuthorizeParameter = (typeof parameters)[number]

export type AuthorizeQuery =
	| { readonly ok: true; readonly request: AuthorizeRequest }
	| { readonly ok: false; readonly faults: readonly AuthorizeFault[] }

/** Code points of a name in NFC. */
const maxNameLength = 100

/**
 * Reads the query of the authorize page, with or without its question mark. Tells all that is wrong with it, not the first
 * thing only (case 166). What stands twice, or is spelled as a list, is refused rather than chosen from; unknown parameters are
 * ignored, and empty ones are as good as absent.
 */
export function parseAuthorizeQuery(rawQuery: string, options: { readonly allowHttp: boolean }): AuthorizeQuery {
	const values = readValues(rawQuery)
	const text = (parameter: AuthorizeParameter): string => values.get(parameter)?.[0] ?? ''
	const appName = text('app_name').normalize('NFC').trim()
	const successUrl = readUrl('success_url', text('success_url'), options)
	const rejectUrl = readUrl('reject_url', text('reject_url'), options)
	const faults = [
		...findSpellingFaults(values),
		...checkName(appName),
		...checkAppId(text('app_id')),
		...successUrl.faults,
		...rejectUrl.faults,
	]
	if (faults.length > 0) return { ok: false, faults }
	const scope = text('scope') === '' ? undefined : text('scope')
	return {
		ok: true,
		request: { appName, appId: text('app_id'), successUrl: successUrl.url, rejectUrl: rejectUrl.url, scope },
	}
}

function readValues(rawQuery: string): ReadonlyMap<string, readonly string[]> {
	const values = new Map<string, string[]>()
	for (const [name, value] of new URLSearchParams(rawQuery)) {
		const known = values.get(name)
		if (known === undefined) values.set(name, [value])
		else known.push(value)
	}
	return values
}

function findSpellingFaults(values: ReadonlyMap<string, readonly string[]>): AuthorizeFault[] {
	return parameters.flatMap((parameter) => {
		const faults: AuthorizeFault[] = []
		if ((values.get(parameter)?.length ?? 0) > 1) faults.push({ parameter, code: 'duplicate_param' })
		const isMisspelled = [...values.keys()].some(
			(name) => name !== parameter && isReadByPhpAs(encodeURIComponent(name.toWellFormed()), parameter),
		)
		return isMisspelled ? [...faults, { parameter, code: 'param_type' }] : faults
	})
}

// As in `quoteText`: the two joiners stay. U+FFFD is what became of bytes that are no UTF-8.
const unshowable = /(?![\u200C\u200D])[\p{C}\u2028\u2029\uFFFD]/u

function checkName(appName: string): AuthorizeFault[] {
	const faults: AuthorizeFault[] = []
	if (unshowable.test(appName)) faults.push({ parameter: 'app_name', code: 'name_format' })
	if (Array.from(appName).length > maxNameLength) faults.push({ parameter: 'app_name', code: 'name_too_long' })
	return faults
}

function checkAppId(appId: string): AuthorizeFault[] {
	return appId === '' || isWordPressUuid(appId) ? [] : [{ parameter: 'app_id', code: 'invalid_app_id' }]
}

function readUrl(
	parameter: 'success_url' | 'reject_url',
	text: string,
	options: { readonly allowHttp: boolean },
): { readonly url: RedirectUrl | undefined; readonly faults: readonly AuthorizeFault[] } {
	if (text === '') return { url: undefined, faults: [] }
	const read = readRedirectUrl(text, options)
	if (!read.ok) return { url: undefined, faults: [{ parameter, code: read.error, reason: read.reason }] }
	const { ok: _ok, ...url } = read
	return { url, faults: [] }
}
